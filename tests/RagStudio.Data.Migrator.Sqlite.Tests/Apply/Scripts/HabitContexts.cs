using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>Teams, whose members are deleted with them: the start of each of these releases.</summary>
public abstract class CreateTeams : Migration
{
    public const string Version = "20240101000000_Create";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE Teams (Id INTEGER PRIMARY KEY AUTOINCREMENT, Name TEXT, Extra TEXT)");
        migrationBuilder.Sql(
            "CREATE TABLE Members (Id INTEGER PRIMARY KEY, TeamId INTEGER NOT NULL REFERENCES Teams(Id) ON DELETE CASCADE)"
        );
    }
}

/// <summary>A whole rebuild in one command that begins with the switch.</summary>
public sealed class OneCommandContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(OneCommandContext)), Migration(Version)]
public sealed class OneCommandCreate : CreateTeams;

[DbContext(typeof(OneCommandContext)), Migration("20240201000000_NameIsUnique")]
public sealed class OneCommandRebuild : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            PRAGMA foreign_keys = OFF;
            CREATE TABLE new_Teams (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL UNIQUE);
            INSERT INTO new_Teams SELECT Id, Name FROM Teams;
            DROP TABLE Teams;
            ALTER TABLE new_Teams RENAME TO Teams;
            PRAGMA foreign_keys = ON;
            """,
            suppressTransaction: true
        );
}

/// <summary>The same with a copy without constraints.</summary>
public sealed class CopyContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(CopyContext)), Migration(Version)]
public sealed class CopyCreate : CreateTeams;

[DbContext(typeof(CopyContext)), Migration("20240201000000_RenameColumn")]
public sealed class CopyRebuild : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            PRAGMA foreign_keys = 0;
            CREATE TABLE keep AS SELECT * FROM Teams;
            DROP TABLE Teams;
            CREATE TABLE Teams (Id INTEGER PRIMARY KEY AUTOINCREMENT, Title TEXT);
            INSERT INTO Teams (Id, Title) SELECT Id, Name FROM keep;
            DROP TABLE keep;
            PRAGMA foreign_keys = 1;
            """,
            suppressTransaction: true
        );
}

/// <summary>The same in separate commands, some of them within the transaction.</summary>
public sealed class SeparateContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(SeparateContext)), Migration(Version)]
public sealed class SeparateCreate : CreateTeams;

[DbContext(typeof(SeparateContext)), Migration("20240201000000_DropExtra")]
public sealed class SeparateRebuild : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE tmp_Teams (Id INTEGER PRIMARY KEY, Name TEXT)");
        migrationBuilder.Sql("INSERT INTO tmp_Teams SELECT Id, Name FROM Teams;");
        migrationBuilder.Sql("PRAGMA foreign_keys=\"0\"", suppressTransaction: true);
        migrationBuilder.Sql("DROP TABLE Teams", suppressTransaction: true);
        migrationBuilder.Sql("ALTER TABLE tmp_Teams RENAME TO Teams", suppressTransaction: true);
        migrationBuilder.Sql("PRAGMA foreign_keys=\"1\"", suppressTransaction: true);
    }
}

/// <summary>The same with its own transaction, in which a switch would have no effect.</summary>
public sealed class OwnTransactionContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(OwnTransactionContext)), Migration(Version)]
public sealed class OwnTransactionCreate : CreateTeams;

[DbContext(typeof(OwnTransactionContext)), Migration("20240201000000_DropExtra")]
public sealed class OwnTransactionRebuild : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            -- foreign keys must be off while the table is replaced
            PRAGMA foreign_keys = OFF;
            BEGIN TRANSACTION;
            CREATE TABLE new_Teams (Id INTEGER PRIMARY KEY, Name TEXT);
            INSERT INTO new_Teams SELECT Id, Name FROM Teams;
            DROP TABLE Teams;
            ALTER TABLE new_Teams RENAME TO Teams;
            COMMIT;
            PRAGMA foreign_keys = ON;
            DELETE FROM Teams WHERE Id = 2;
            """,
            suppressTransaction: true
        );
}

/// <summary>Switches within a transaction, the script's own or EF's, where they have no effect.</summary>
public sealed class InertSwitchContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(InertSwitchContext)), Migration(Version)]
public sealed class InertSwitchCreate : CreateTeams;

[DbContext(typeof(InertSwitchContext)), Migration("20240201000000_DropTeams")]
public sealed class InertSwitch : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "BEGIN; PRAGMA foreign_keys = OFF; DELETE FROM Teams WHERE Id = 1; COMMIT",
            suppressTransaction: true
        );
        migrationBuilder.Sql("PRAGMA foreign_keys = OFF; DELETE FROM Teams WHERE Id = 2; PRAGMA foreign_keys = ON");
    }
}

/// <summary>A release that fails after it has changed the layout of the file.</summary>
public sealed class LayoutContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(LayoutContext)), Migration(Version)]
public sealed class LayoutCreate : CreateTeams;

[DbContext(typeof(LayoutContext)), Migration("20240201000000_Layout")]
public sealed class LayoutChange : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("PRAGMA auto_vacuum = FULL", suppressTransaction: true);
        migrationBuilder.Sql("PRAGMA journal_mode = DELETE", suppressTransaction: true);
        migrationBuilder.Sql("PRAGMA page_size = 8192", suppressTransaction: true);
        migrationBuilder.Sql("VACUUM", suppressTransaction: true);
        migrationBuilder.Sql("INSERT INTO missing VALUES (1)");
    }
}

/// <summary>A release whose own transaction fails before it is committed.</summary>
public sealed class TornContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(TornContext)), Migration(Version)]
public sealed class TornCreate : CreateTeams;

[DbContext(typeof(TornContext)), Migration("20240201000000_Torn")]
public sealed class TornChange : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            "PRAGMA cache_spill = OFF; BEGIN; DELETE FROM Teams; INSERT INTO missing VALUES (1); COMMIT",
            suppressTransaction: true
        );
}

/// <summary>A release that copies rows from another file.</summary>
public sealed class TakeOverContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(TakeOverContext)), Migration(Version)]
public sealed class TakeOverCreate : CreateTeams;

[DbContext(typeof(TakeOverContext)), Migration("20240201000000_TakeOver")]
public sealed class TakeOverRows : Migration
{
    public static string File { get; set; } = "";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql($"ATTACH DATABASE {SqliteText.Literal(File)} AS old", suppressTransaction: true);
        migrationBuilder.Sql("INSERT INTO Teams (Id, Name) SELECT Id, Name FROM old.Teams");
        migrationBuilder.Sql("DETACH DATABASE old", suppressTransaction: true);
    }
}

/// <summary>A release that replaces parents in an application without foreign keys.</summary>
public sealed class NoKeysContext(DbContextOptions options) : DbContext(options);

[DbContext(typeof(NoKeysContext)), Migration(Version)]
public sealed class NoKeysCreate : CreateTeams;

[DbContext(typeof(NoKeysContext)), Migration("20240201000000_RefillTeams")]
public sealed class NoKeysRefill : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DELETE FROM Teams");
        migrationBuilder.Sql("INSERT INTO Teams (Id, Name) VALUES (1, 'new')");
    }
}
