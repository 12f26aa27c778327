using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp;

[DbContext(typeof(PreferencesContext)), Migration("20250101000000_CreatePreferences")]
internal sealed class CreatePreferences : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "Preferences",
            table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                Choice = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Preferences", row => row.Id)
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Preferences");
}
