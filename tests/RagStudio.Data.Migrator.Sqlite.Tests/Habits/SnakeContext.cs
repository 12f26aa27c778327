using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>A context with a convention that also renames the columns of EF's history.</summary>
public sealed class SnakeContext(DbContextOptions<SnakeContext> options) : DbContext(options)
{
    public const string Create = "20240101000000_Create";
    public const string AddStars = "20240201000000_AddStars";

    /// <summary>The number of times that EF has built services for one.</summary>
    public static int Configured { get; set; }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder)
    {
        Configured++;
        optionsBuilder.UseSnakeCaseNamingConvention();
    }
}

[DbContext(typeof(SnakeContext))]
[Migration(SnakeContext.Create)]
public sealed class CreateSnakeNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(
            "notes",
            table => new { id = table.Column<int>("INTEGER"), body = table.Column<string>("TEXT") },
            constraints: table => table.PrimaryKey("pk_notes", note => note.id)
        );

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("notes");
}

[DbContext(typeof(SnakeContext))]
[Migration(SnakeContext.AddStars)]
public sealed class AddStarsToSnakeNotes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<int>("stars", "notes", "INTEGER", nullable: false, defaultValue: 0);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE notes DROP COLUMN stars;");
}
