using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>A context whose application configures something unusual.</summary>
public sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
{
    public const string Create = "20240101000000_Create";
    public const string AddStars = "20240201000000_AddStars";
}

[DbContext(typeof(NotesContext))]
[Migration(NotesContext.Create)]
public sealed class CreateNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
}

[DbContext(typeof(NotesContext))]
[Migration(NotesContext.AddStars)]
public sealed class AddStarsToNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE notes ADD COLUMN stars INTEGER");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE notes DROP COLUMN stars");
}
