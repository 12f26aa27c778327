using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply;

/// <summary>Counts how often it is created, and how often its model or that of its migration is built.</summary>
public sealed class CountingContext : DbContext
{
    public CountingContext(DbContextOptions options)
        : base(options) => Created++;

    public static int Created { get; set; }

    public static int Models { get; set; }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => Models++;
}

[DbContext(typeof(CountingContext)), Migration(Version)]
public sealed class CreateCounted : Migration
{
    public const string Version = "20260101000000_CreateCounted";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("counted", table => new { id = table.Column<int>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("counted");

    protected override void BuildTargetModel(ModelBuilder modelBuilder) => CountingContext.Models++;
}

/// <summary>Has a migration that is created only when a test allows it.</summary>
public sealed class WaitingContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(WaitingContext)), Migration(Version)]
public sealed class EarlyMigration : Migration
{
    public const string Version = "20260101000000_EarlyMigration";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable("early", table => new { id = table.Column<int>() });
}

[DbContext(typeof(WaitingContext)), Migration(Version)]
public sealed class LateMigration : Migration
{
    public const string Version = "20260102000000_LateMigration";

    internal static Action InUp { get; set; } = () => { };

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        InUp();
        migrationBuilder.CreateTable("late", table => new { id = table.Column<int>() });
    }
}

/// <summary>
/// SQL with several statements, some of which cannot run in a transaction, and one that needs a function that
/// EF adds to a connection.
/// </summary>
public sealed class ScriptedContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(ScriptedContext)), Migration(Version)]
public sealed class CreateScripted : Migration
{
    public const string Version = "20260101000000_CreateScripted";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "CREATE TABLE scripted (text TEXT CHECK (text REGEXP '^[a-z;]+$')); INSERT INTO scripted VALUES ('one;'); INSERT INTO scripted VALUES ('two')"
        );
        migrationBuilder.Sql("PRAGMA journal_mode = DELETE; VACUUM", suppressTransaction: true);
        migrationBuilder.Sql("INSERT INTO scripted VALUES ('three')");
        migrationBuilder.Sql("PRAGMA journal_mode = WAL", suppressTransaction: true);
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "UPDATE scripted SET text = 'one' WHERE text REGEXP ';'; DELETE FROM scripted WHERE text = 'two'"
        );
        migrationBuilder.DropTable("scripted");
        migrationBuilder.Sql("VACUUM", suppressTransaction: true);
    }
}

/// <summary>Three migrations, each of which can be reverted whether or not the others are applied.</summary>
public sealed class StepsContext(DbContextOptions options) : DbContext(options);

public abstract class TableStep(string table) : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.CreateTable(table, columns => new { id = columns.Column<int>() });

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable(table);
}

[DbContext(typeof(StepsContext)), Migration(Version)]
public sealed class FirstStep() : TableStep("first")
{
    public const string Version = "20260101000000_FirstStep";
}

[DbContext(typeof(StepsContext)), Migration(Version)]
public sealed class SecondStep() : TableStep("second")
{
    public const string Version = "20260102000000_SecondStep";
}

[DbContext(typeof(StepsContext)), Migration(Version)]
public sealed class ThirdStep() : TableStep("third")
{
    public const string Version = "20260103000000_ThirdStep";
}

/// <summary>A context whose model has an entity that no migration creates.</summary>
public sealed class ChangedContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity("Changed", entity => entity.Property<int>("Id"));
}

[DbContext(typeof(ChangedContext)), Migration("20260101000000_CreateNothing")]
public sealed class CreateNothing : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1");
}

[DbContext(typeof(ChangedContext))]
public sealed class ChangedSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder) { }
}
