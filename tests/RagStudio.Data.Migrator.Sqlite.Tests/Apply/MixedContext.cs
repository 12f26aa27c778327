using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>
/// Migrations that can be compiled, except one in the middle and the last one, which differ each time they
/// are created.
/// </summary>
public sealed class MixedContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(MixedContext)), Migration(Version)]
public sealed class CreateMixed : Migration
{
    public const string Version = "20260101000000_CreateMixed";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "mixed",
            table => new { id = table.Column<int>(), text = table.Column<string>(nullable: true) }
        );
        migrationBuilder.Sql("INSERT INTO mixed VALUES (1, '1')");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("mixed");
}

[DbContext(typeof(MixedContext)), Migration(Version)]
public sealed class NoteMixed : Migration
{
    public const string Version = "20260102000000_NoteMixed";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql($"UPDATE mixed SET text = text || '2' /* {Guid.NewGuid()} */");

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql($"UPDATE mixed SET text = '1' /* {Guid.NewGuid()} */");
}

[DbContext(typeof(MixedContext)), Migration(Version)]
public sealed class IndexMixed : Migration
{
    public const string Version = "20260103000000_IndexMixed";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("UPDATE mixed SET text = text || '3'");
        migrationBuilder.CreateIndex("ix_mixed", "mixed", "text");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropIndex("ix_mixed", "mixed");
        migrationBuilder.Sql("UPDATE mixed SET text = '12'");
    }
}

/// <summary>Does nothing in either direction.</summary>
[DbContext(typeof(MixedContext)), Migration(Version)]
public sealed class RestMixed : Migration
{
    public const string Version = "20260104000000_RestMixed";

    protected override void Up(MigrationBuilder migrationBuilder) { }

    protected override void Down(MigrationBuilder migrationBuilder) { }
}

[DbContext(typeof(MixedContext)), Migration(Version)]
public sealed class FailMixed : Migration
{
    public const string Version = "20260105000000_FailMixed";

    /// <summary>True if it throws when its operations are read.</summary>
    public static bool Throws { get; set; }

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            Throws
                ? throw new InvalidOperationException("The clock is broken.")
                : $"UPDATE mixed SET text = text || '5' /* {Guid.NewGuid()} */"
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("UPDATE mixed SET text = '123'");
}

/// <summary>Does nothing when applied, and declares that it cannot be reverted.</summary>
public sealed class OneWayContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(OneWayContext)), Migration("20260101000000_OneWay")]
public sealed class OneWay : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) { }
}
