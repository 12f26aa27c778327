using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Testing;

/// <summary>A context with nothing in common with the shop's.</summary>
public sealed class NotesContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(NotesContext)), Migration("20250101000000_CreateNotes")]
public sealed class CreateNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("notes", table => new { text = table.Column<string>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
}
