using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp;

[DbContext(typeof(CatalogContext)), Migration("20250101000000_CreateProducts")]
internal sealed class CreateProducts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "Products",
            table => new
            {
                Id = table.Column<long>(nullable: false).Annotation("Sqlite:Autoincrement", true),
                Name = table.Column<string>(nullable: true),
                Price = table.Column<double>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_Products", row => row.Id)
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("Products");
}
