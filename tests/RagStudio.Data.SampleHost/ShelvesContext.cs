using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.SampleHost;

/// <summary>Comes from a pool.</summary>
internal sealed class ShelvesContext(DbContextOptions<ShelvesContext> options) : DbContext(options);

[DbContext(typeof(ShelvesContext)), Migration("20250101000000_CreateShelves")]
internal sealed class CreateShelves : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("shelves", table => new { length = table.Column<long>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("shelves");
}
