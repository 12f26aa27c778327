using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>Tests the queries for rows that are deleted with others.</summary>
public sealed class DeletionLintTests
{
    private static readonly DatabaseSchema Live = new(
        [
            Table("roles", ["id", "up"], Key("up", "roles", "id", "CASCADE")),
            Table("users", ["id", "role"], Key("role", "roles", "id", "CASCADE")),
            Table("notes", ["id", "user"], Key("user", "users", "id", "SET NULL")),
            Table("logs", ["id", "user"], Key("user", "users", "id", "NO ACTION")),
            Table("ones", ["id", "two"], Key("two", "twos", "id", "CASCADE")),
            Table("twos", ["id", "one"], Key("one", "ones", "id", "CASCADE")),
        ],
        []
    );

    private const string All = "StatementWithoutWhere roles: SELECT count(*) FROM [roles]";

    [Test]
    public void Nothing_goes_along_where_the_database_does_not_act_on_foreign_keys() =>
        Assert.That(Add(cascades: false, b => b.Sql("Delete roles")), Is.EqualTo(new[] { All }));

    [Test]
    public void Rows_that_refer_to_deleted_ones_go_along_and_references_that_are_cleared_are_told()
    {
        var asked = Add(cascades: true, b => b.Sql("Delete roles"));

        const string Roles = "SELECT [id] FROM [roles] WHERE";
        Assert.That(asked[0], Is.EqualTo(All));
        Assert.That(
            asked[1],
            Does.StartWith(
                "ClearedReferences notes: SELECT count(*) FROM [notes] WHERE ([user]) IN (SELECT [id] FROM [users] WHERE ([role]) IN"
            )
        );
        Assert.That(asked[2], Does.StartWith("DeletedRows roles: ").And.Contain("(TRUE) IS NOT TRUE"));
        Assert.That(
            asked[3],
            Does.StartWith("DeletedRows users: SELECT count(*) FROM [users] WHERE ([role]) IN (" + Roles)
        );
        Assert.That(asked, Has.Length.EqualTo(4));
    }

    [Test]
    public void Tables_that_refer_to_each_other_come_to_an_end()
    {
        var asked = Add(cascades: true, b => b.Sql("Delete ones"));

        Assert.That(
            asked.Select(candidate => candidate.Split(':')[0]),
            Is.EqualTo(new[] { "StatementWithoutWhere ones", "DeletedRows ones", "DeletedRows twos" })
        );
    }

    [Test]
    public void A_table_that_is_dropped_before_takes_no_part()
    {
        var asked = Add(cascades: true, b => b.Sql("DropTable users\nDelete roles"));

        Assert.That(asked.Select(candidate => candidate.Split(':')[0]), Has.None.EqualTo("DeletedRows users"));
    }

    private static string[] Add(bool cascades, Action<MigrationBuilder> up)
    {
        var schema = new SchemaLint(Live, cascades);
        var builder = new MigrationBuilder("Lint");
        up(builder);
        new MigrationLint(new LintDatabase(), schema).Visit(
            new KnownMigration("1", typeof(DeletionLintTests)),
            builder.Operations
        );
        return
        [
            .. schema
                .Candidates.All.Select(q => $"{q.Kind} {q.Table}: {q.Query?.Sql(LintDatabase.Brackets)}")
                .OrderBy(q => !q.StartsWith("Statement", StringComparison.Ordinal))
                .ThenBy(q => q, StringComparer.Ordinal),
        ];
    }

    private static ForeignKeySchema Key(string column, string parent, string key, string onDelete) =>
        new([column], parent, [key], "NO ACTION", onDelete);

    private static TableSchema Table(string name, string[] columns, ForeignKeySchema key) =>
        new(name, "", [.. columns.Select(c => new ColumnSchema(c, "TEXT", true, null, 0, false))], [], [key], [], []);
}
