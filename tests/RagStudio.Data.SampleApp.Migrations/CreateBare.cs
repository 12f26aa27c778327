using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp.Migrations;

[DbContext(typeof(BareContext)), Migration("20250101000000_CreateBare")]
internal sealed class CreateBare : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("bare", table => new { id = table.Column<long>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("bare");
}
