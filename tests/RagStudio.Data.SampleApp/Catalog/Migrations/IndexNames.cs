using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp;

[DbContext(typeof(CatalogContext)), Migration("20250201000000_IndexNames")]
internal sealed class IndexNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateIndex("IX_Products_Name", "Products", "Name");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.DropIndex("IX_Products_Name", "Products");

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        CatalogModel.Build(modelBuilder, required: false);
}
