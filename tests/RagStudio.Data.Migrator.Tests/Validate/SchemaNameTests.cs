using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Tests.Validate;

/// <summary>Tables with schemas, which the provider names.</summary>
internal sealed class SchemaNameTests
{
    [Test]
    public async Task Rows_that_an_operation_names_may_go_from_a_table_that_was_moved_to_another_schema()
    {
        using var set = new FakeSet(isTransactional: true);
        FakeMigration[] existing =
        [
            FakeMigration.Table("2", "sales.orders"),
            FakeMigration.Row("3", "sales.orders", "first"),
        ];
        await set.Manager(set.Database("shop", existing)).MigrateAsync();
        var delete = FakeMigration.Of("4", content => content.Tables["sales.orders"].Clear()) with
        {
            Type = typeof(DeleteOrder),
        };

        var summary = await set.Manager(set.Database("shop", [.. existing, delete])).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(set.Storage("shop").Read().Tables["sales.orders"], Is.Empty);
    }

    [Test]
    public async Task Rules_quote_tables_as_tables()
    {
        var reader = new RecordingReader();
        var schema = new DatabaseSchema([Table("sales.orders", "id", "number"), Table("sales.customers", "id")], []);
        var view = new StorageView(reader, schema);
        var databases = new RuleDatabases(
            new Dictionary<string, StorageView> { ["shop"] = view, ["other"] = view },
            WorkLimits.None
        );
        ValidationRule[] rules =
        [
            new OrphanRule("sales.orders", "number", "sales.customers", "id"),
            new SequenceRule("sales.orders", "number"),
            new ReferenceRule("sales.orders", "number", "other", "sales.customers", "id"),
        ];

        await new RuleRunner(databases, TimeProvider.System, (_, _) => { }, _ => { }).RunAsync(
            rules.Select(rule => new DatabaseRule("shop", rule))
        );

        Assert.That(reader.Queries, Has.Count.EqualTo(5));
        Assert.That(reader.Queries, Is.All.Contains("<sales.").And.All.Not.Contain("[sales."));
        Assert.That(reader.Queries, Has.Some.Contains("<sales.orders>").And.Some.Contains("<sales.customers>"));
    }

    private sealed class DeleteOrder : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable("orders", "sales", "items", "stock");
            migrationBuilder.DeleteData("items", "id", 1L, "stock");
        }
    }

    private static TableSchema Table(string name, params string[] columns) =>
        new(name, "", [.. columns.Select(c => new ColumnSchema(c, "TEXT", true, null, 0, false))], [], [], [], []);

    private sealed class RecordingReader()
        : FakeReader(new FakeStorage(new FakeServer(), "fake://shop"), new FakeContent())
    {
        public List<string> Queries { get; } = [];

        public override Task QueryAsync(
            string sql,
            IReadOnlyList<(string Name, object Value)> parameters,
            Action<IDataRow> forEach,
            WorkLimits limits
        )
        {
            Queries.Add(sql);
            forEach(new FakeRow("5"));
            return Task.CompletedTask;
        }

        public override string Quote(string identifier) => $"[{identifier}]";

        public override string QuoteTable(string table) => $"<{table}>";
    }
}
