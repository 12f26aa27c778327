using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleApp;

/// <summary>Rebuilds the table.</summary>
[DbContext(typeof(CatalogContext)), Migration("20250301000000_RequireNames")]
internal sealed class RequireNames : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>("Name", "Products", nullable: false, defaultValue: "", oldNullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AlterColumn<string>("Name", "Products", nullable: true, oldNullable: false);

    protected override void BuildTargetModel(ModelBuilder modelBuilder) =>
        CatalogModel.Build(modelBuilder, required: true);
}
