using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>A release whose second migration is supplied by the test.</summary>
public sealed class ScriptContext(DbContextOptions options) : DbContext(options);

/// <summary>Parents with children that are deleted with them, others that are set to NULL, and a trigger.</summary>
[DbContext(typeof(ScriptContext)), Migration("20260101000000_Create")]
public sealed class CreateParents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE parents (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, extra TEXT)");
        migrationBuilder.Sql(
            "CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE, note TEXT)"
        );
        migrationBuilder.Sql(
            "CREATE TABLE loose (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id) ON DELETE SET NULL ON UPDATE CASCADE)"
        );
        migrationBuilder.Sql("CREATE TABLE log (what TEXT)");
        migrationBuilder.Sql(
            "CREATE TRIGGER parents_gone AFTER DELETE ON parents BEGIN INSERT INTO log VALUES ('gone; ' || CASE WHEN old.id > 1 THEN old.name ELSE 'first' END); END"
        );
    }
}

[DbContext(typeof(ScriptContext)), Migration(Version)]
public sealed class RunScript : Migration
{
    public const string Version = "20260102000000_RunScript";

    public static IReadOnlyList<(string Sql, bool SuppressTransaction)> Commands { get; set; } = [];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (sql, suppressTransaction) in Commands)
        {
            migrationBuilder.Sql(sql, suppressTransaction);
        }
    }
}
