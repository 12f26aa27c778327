using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>Registers a collation and a function on every connection that EF opens, and uses both in its tables.</summary>
public sealed class CollateContext(DbContextOptions<CollateContext> options) : DbContext(options)
{
    public const string Create = "20240101000000_Create";
    public const string AddMail = "20240201000000_AddMail";

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.AddInterceptors(new CollationInterceptor());
}

public sealed class CollationInterceptor : DbConnectionInterceptor
{
    /// <summary>True if the interceptor registers nothing, as in a program that has lost it.</summary>
    public static bool IsGone { get; set; }

    public static int Calls { get; set; }

    [SuppressMessage("Design", "CA1062:Validate arguments of public methods", Justification = "EF calls it.")]
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Add(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Add(connection);
        return Task.CompletedTask;
    }

    public static void Add(DbConnection connection)
    {
        Calls++;
        if (!IsGone && connection is SqliteConnection sqlite)
        {
            sqlite.CreateCollation(
                "NOCASE_UTF8",
                (x, y) => string.Compare(x, y, StringComparison.InvariantCultureIgnoreCase)
            );
            sqlite.CreateFunction("shout", (string text) => text.ToUpperInvariant(), isDeterministic: true);
        }
    }
}

[DbContext(typeof(CollateContext))]
[Migration(CollateContext.Create)]
public sealed class CreateCollated : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE_UTF8, UNIQUE (name))"
        );
        migrationBuilder.Sql("CREATE TABLE cries (id INTEGER PRIMARY KEY, text TEXT)");
        migrationBuilder.Sql("CREATE INDEX loud ON cries (shout(text))");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("users");
}

[DbContext(typeof(CollateContext))]
[Migration(CollateContext.AddMail)]
public sealed class AddMailToCollated : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.AddColumn<string>("mail", "users", "TEXT", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE users DROP COLUMN mail");
}
