using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Benchmarks;

/// <summary>Notes whose second migration drops a column.</summary>
internal sealed class NotesWithoutBody(DbContextOptions<NotesWithoutBody> options) : DbContext(options);

/// <summary>Notes whose second migration drops the table.</summary>
internal sealed class WithoutNotes(DbContextOptions<WithoutNotes> options) : DbContext(options);

[DbContext(typeof(NotesWithoutBody)), Migration(Version)]
internal sealed class CreateNotesWithBody : CreateNotes;

[DbContext(typeof(WithoutNotes)), Migration(Version)]
internal sealed class CreateNotesTable : CreateNotes;

internal abstract class CreateNotes : Migration
{
    public const string Version = "20260101000000_CreateNotes";

    public static void Create(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "notes",
            table => new
            {
                id = table.Column<long>(nullable: false),
                title = table.Column<string>(nullable: false),
                body = table.Column<string>(nullable: true),
            },
            constraints: table => table.PrimaryKey("pk_notes", note => note.id)
        );

    protected override void Up(MigrationBuilder migrationBuilder) => Create(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
}

[DbContext(typeof(NotesWithoutBody)), Migration("20260102000000_DropBody")]
internal sealed class DropBody : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("body", "notes");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("body", "notes", nullable: true);
}

[DbContext(typeof(WithoutNotes)), Migration("20260102000000_DropNotes")]
internal sealed class DropNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");

    protected override void Down(MigrationBuilder migrationBuilder) => CreateNotes.Create(migrationBuilder);
}
