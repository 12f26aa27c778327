using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Plan;

/// <summary>
/// Tests the queries on the live data, which has the tables orders (id, customer, note, total) and lines (id,
/// order_id).
/// </summary>
public sealed class MigrationLintTests
{
    private static readonly DatabaseSchema Live = new(
        [
            Table(
                "lines",
                ["id", "order_id"],
                new SchemaObject("count_lines", "create trigger count_lines on lines update orders set total")
            ),
            Table(
                "orders",
                ["id", "customer", "note", "total"],
                new SchemaObject("stamp", "create trigger stamp on orders")
            ),
        ],
        [new SchemaObject("open_orders", "create view open_orders as select id from orders where preorders")]
    );

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(
            "nothing for what is added",
            b =>
            {
                b.CreateTable("new", t => new { id = t.Column<long>() });
                b.AddColumn<string>("city", "orders", nullable: true);
                b.AddColumn<string>("state", "orders", nullable: false, defaultValue: "open");
                b.AddColumn<string>("upper", "orders", nullable: false, computedColumnSql: "upper(customer)");
                b.CreateIndex("ix", "orders", "customer");
                b.Sql("Update orders where");
            }
        );
        yield return Case(
            "the rows of a dropped table",
            b => b.DropTable("lines"),
            "DroppedTable lines: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "the view and the trigger that a dropped table leaves broken",
            b => b.DropTable("orders"),
            "DroppedTable orders: SELECT count(*) FROM [orders] !",
            "BrokenView orders open_orders",
            "BrokenTrigger orders count_lines"
        );
        yield return Case(
            "the values of a dropped column, and what its rebuild loses and breaks",
            b => b.DropColumn("note", "orders"),
            "DroppedColumn orders.note: SELECT count(*) FROM [orders] WHERE [note] IS NOT NULL !",
            "LostTrigger orders stamp rebuild",
            "BrokenView orders open_orders rebuild",
            "BrokenTrigger orders count_lines rebuild"
        );
        yield return Case(
            "nothing for a computed column",
            b => b.DropColumn("computed", "lines"),
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "the rows without a value for a new column",
            b => b.AddColumn<string>("city", "orders", nullable: false),
            "NotNullWithoutDefault orders.city: SELECT count(*) FROM [orders]"
        );
        yield return Case(
            "the NULLs of a column that takes none any more",
            b => b.AlterColumn<string>("order_id", "lines", nullable: false, oldNullable: true),
            "NotNullWithoutDefault lines.order_id: SELECT count(*) FROM [lines] WHERE [order_id] IS NULL",
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "no NULLs where a default takes their place, nor where there can be none",
            b =>
            {
                b.AlterColumn<string>("order_id", "lines", nullable: false, oldNullable: true, defaultValue: "");
                b.AlterColumn<string>("id", "lines", nullable: false, oldNullable: true);
            },
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "the values that a smaller type does not fit",
            b => b.AlterColumn<string>("order_id", "lines", type: "small", nullable: true),
            "NarrowingChange lines.order_id: SELECT count(*) FROM [lines] WHERE big(order_id) !",
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "the values that a shorter length keeps",
            b => b.AlterColumn<string>("order_id", "lines", type: "smaller", nullable: true),
            "NarrowingChange lines.order_id: SELECT count(*) FROM [lines] WHERE big(order_id)",
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "the duplicates of a unique index, a constraint and a key",
            b =>
            {
                b.CreateIndex("ix", "orders", ["customer", "note"], unique: true, filter: "total > 0");
                b.AddUniqueConstraint("ak", "orders", "customer");
                b.AddPrimaryKey("pk", "orders", "note");
            },
            "UniqueViolation orders.customer, note ix: SELECT count(*) FROM (SELECT 1 FROM [orders] WHERE [customer] IS NOT NULL AND [note] IS NOT NULL AND (total > 0) GROUP BY [customer], [note] HAVING count(*) > 1) AS d",
            "UniqueViolation orders.customer ak: SELECT count(*) FROM (SELECT 1 FROM [orders] WHERE [customer] IS NOT NULL GROUP BY [customer] HAVING count(*) > 1) AS d",
            "UniqueViolation orders.note pk: SELECT count(*) FROM (SELECT 1 FROM [orders] WHERE [note] IS NOT NULL GROUP BY [note] HAVING count(*) > 1) AS d"
        );
        yield return Case(
            "the duplicates of an index over new columns, by what is known of them",
            b =>
            {
                b.AddColumn<string>("slug", "orders", nullable: true);
                b.AddColumn<string>("state", "orders", nullable: false, defaultValue: "open");
                b.CreateIndex("null", "orders", "slug", unique: true);
                b.CreateIndex("same", "orders", "state", unique: true);
                b.CreateIndex("both", "orders", ["state", "customer"], unique: true);
                b.Sql("Update orders where");
                b.CreateIndex("unknown", "orders", "state", unique: true);
            },
            "UniqueViolation orders.state same: SELECT min(1) FROM [orders] HAVING count(*) > 1",
            "UniqueViolation orders.state, customer both: SELECT count(*) FROM (SELECT 1 FROM [orders] WHERE [customer] IS NOT NULL GROUP BY [customer] HAVING count(*) > 1) AS d"
        );
        yield return Case(
            "the rows of statements without a condition",
            b => b.Sql("Update lines\nDelete lines\nDelete lines where\nDelete nowhere"),
            "StatementWithoutWhere lines UPDATE: SELECT count(*) FROM [lines]",
            "StatementWithoutWhere lines DELETE: SELECT count(*) FROM [lines] ! changed"
        );
        yield return Case(
            "what statements drop",
            b => b.Sql("DropColumn lines order_id\nDropTable lines"),
            "DroppedColumn lines.order_id: SELECT count(*) FROM [lines] WHERE [order_id] IS NOT NULL !",
            "DroppedTable lines: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "the live data by its live names, whatever was renamed",
            b =>
            {
                b.RenameTable("lines", newName: "items");
                b.RenameColumn("order_id", "items", "order");
                b.Sql("RenameTable items rows\nRenameColumn rows order parent");
                b.DropColumn("parent", "rows");
                b.DropTable("rows");
            },
            "DroppedColumn rows.parent: SELECT count(*) FROM [lines] WHERE [order_id] IS NOT NULL !",
            "DroppedTable rows: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "nothing for what is not there yet",
            b =>
            {
                b.CreateTable("new", t => new { id = t.Column<long>() });
                b.AddColumn<string>("c", "new", nullable: false);
                b.CreateIndex("ix", "new", "id", unique: true);
                b.Sql("Delete new\nCreateTable newer\nDropTable newer\nAddColumn orders made");
                b.DropTable("new");
                b.Sql("DropColumn orders made\nDropTable missing");
            }
        );
        yield return Case(
            "the old values of a column whose name a new one takes",
            b =>
            {
                b.RenameColumn("order_id", "lines", "old");
                b.AddColumn<string>("order_id", "lines", nullable: true);
                b.Sql("DropColumn lines order_id\nDropColumn lines old");
            },
            "DroppedColumn lines.old: SELECT count(*) FROM [lines] WHERE [order_id] IS NOT NULL !"
        );
        yield return Case(
            "no loss where a copy takes a table's name, but its triggers",
            b =>
            {
                b.CreateTable("new_lines", t => new { id = t.Column<long>() });
                b.Sql("CopyRows lines new_lines\nDropTable lines\nRenameTable new_lines lines\nDelete lines");
            },
            "LostTrigger lines count_lines",
            "StatementWithoutWhere lines DELETE: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "the loss where an empty table takes a table's name",
            b => b.Sql("CreateTable new_lines\nDropTable lines\nRenameTable new_lines lines\nDelete lines"),
            "DroppedTable lines: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "the trigger that was created again before the rebuild, which comes last",
            b =>
            {
                b.DropColumn("order_id", "lines");
                b.Sql("CreateTrigger lines count_lines");
            },
            "DroppedColumn lines.order_id: SELECT count(*) FROM [lines] WHERE [order_id] IS NOT NULL !",
            "LostTrigger lines count_lines rebuild"
        );
        yield return Case(
            "no trigger that is created again, and nothing of a view that was dropped",
            b =>
            {
                b.Sql("DropView open_orders\nDropTrigger - count_lines");
                b.DropColumn("note", "orders");
            },
            b => b.Sql("CreateView open_orders\nCreateTrigger lines count_lines\nCreateTrigger orders stamp"),
            "DroppedColumn orders.note: SELECT count(*) FROM [orders] WHERE [note] IS NOT NULL !"
        );
        yield return Case(
            "no view that is dropped after its table",
            b =>
            {
                b.DropTable("orders");
                b.Sql("DropView open_orders\nDropTrigger - count_lines");
            },
            "DroppedTable orders: SELECT count(*) FROM [orders] !"
        );
        yield return Case(
            "what an earlier migration has renamed and changed",
            b =>
            {
                b.RenameTable("lines", newName: "items");
                b.Sql("Update items where");
            },
            b => b.DropTable("items"),
            "DroppedTable items: SELECT count(*) FROM [lines] ! changed"
        );
    }

    [TestCaseSource(nameof(Cases))]
    public void Visit_asks_for(Action<MigrationBuilder>[] migrations, string[] expected)
    {
        Assert.That(Visit(Live, migrations), Is.EqualTo(expected));
    }

    [Test]
    public void Visit_asks_for_the_rows_of_the_table_that_is_meant_where_names_differ_in_case_alone()
    {
        var live = new DatabaseSchema([Table("Lines", ["id"]), Table("lines", ["id"])], [])
        {
            Names = StringComparer.Ordinal,
        };

        Assert.That(
            Visit(live, b => b.DropTable("lines")),
            Is.EqualTo(new[] { "DroppedTable lines: SELECT count(*) FROM [lines] !" })
        );
    }

    private static readonly DatabaseSchema WithSchemas = new(
        [
            Table("lines", ["id"]),
            Table("sales.lines", ["id", "order_id"]),
            new TableSchema("sales.orders", "", [Column("id")], [], [], [], []),
            new TableSchema(
                "sales.parts",
                "",
                [Column("order_id")],
                [],
                [new ForeignKeySchema(["order_id"], "sales.orders", ["id"], "NO ACTION", "CASCADE")],
                [],
                []
            ),
        ],
        []
    );

    private static IEnumerable<TestCaseData> CasesWithSchemas()
    {
        yield return Case(
            "a dropped table",
            b => b.DropTable("lines", "sales"),
            "DroppedTable sales.lines: SELECT count(*) FROM [sales].[lines] !"
        );
        yield return Case(
            "a dropped column",
            b => b.DropColumn("order_id", "lines", "sales"),
            "DroppedColumn sales.lines.order_id: SELECT count(*) FROM [sales].[lines] WHERE [order_id] IS NOT NULL !"
        );
        yield return Case(
            "a table that was moved and renamed",
            b =>
            {
                b.RenameTable("lines", "sales", "items", "stock");
                b.DropColumn("order_id", "items", "stock");
            },
            "DroppedColumn stock.items.order_id: SELECT count(*) FROM [sales].[lines] WHERE [order_id] IS NOT NULL !"
        );
        yield return Case(
            "a table that was moved to a schema, and the one that was there before",
            b =>
            {
                b.RenameTable("lines", newSchema: "old");
                b.RenameTable("lines", "sales");
                b.DropColumn("order_id", "lines");
                b.DropTable("lines", "old");
            },
            "DroppedColumn lines.order_id: SELECT count(*) FROM [sales].[lines] WHERE [order_id] IS NOT NULL !",
            "DroppedTable old.lines: SELECT count(*) FROM [lines] !"
        );
        yield return Case(
            "a name that is taken in the same schema alone",
            b =>
            {
                b.CreateTable("orders", t => new { id = t.Column<long>() });
                b.CreateTable("orders", t => new { id = t.Column<long>() }, "sales");
                b.CreateIndex("lines", "orders", "id", "sales");
                b.CreateIndex("new", "orders", "id", "sales");
            },
            "NameTaken sales.orders",
            "NameTaken sales.orders lines"
        );
        yield return Case(
            "an index of another schema that has its name",
            b =>
            {
                b.CreateIndex("ix", "orders", "id", "sales");
                b.CreateTable("orders", t => new { id = t.Column<long>() }, "stock");
                b.CreateIndex("ix", "orders", "id", "stock");
                b.DropIndex("ix", "orders", "stock");
                b.CreateIndex("ix", "orders", "id", "sales");
                b.CreateIndex("ix", "orders", "id", "stock");
            },
            "NameTaken sales.orders ix"
        );
        yield return Case(
            "rows that go with others",
            b => b.DeleteData("orders", "id", 1L, "sales"),
            "DeletedRows sales.parts sales.orders: SELECT count(*) FROM [sales].[parts] WHERE ([order_id]) IN (SELECT [id] FROM [sales].[orders] WHERE ([id] = @k0_0_0)) !"
        );
    }

    [TestCaseSource(nameof(CasesWithSchemas))]
    public void Visit_knows_tables_by_the_names_that_the_provider_gives_them(
        Action<MigrationBuilder>[] migrations,
        string[] expected
    ) =>
        Assert.That(
            Visit(WithSchemas, migrations).Where(q => !q.EndsWith("rebuild", StringComparison.Ordinal)),
            Is.EqualTo(expected)
        );

    private static IEnumerable<string> Visit(DatabaseSchema live, params Action<MigrationBuilder>[] migrations)
    {
        var database = new LintDatabase();
        var schema = new SchemaLint(live, nameBeside: ((IMigrationDatabase)database).NameBeside);
        var lint = new MigrationLint(database, schema);
        foreach (var up in migrations)
        {
            var builder = new MigrationBuilder("Lint");
            up(builder);
            lint.Visit(new KnownMigration("1", typeof(MigrationLintTests)), builder.Operations);
        }
        return schema.Candidates.All.Select(Describe);
    }

    private static TestCaseData Case(string name, Action<MigrationBuilder> up, params string[] expected) =>
        new TestCaseData(new[] { up }, expected).SetArgDisplayNames(name);

    private static TestCaseData Case(
        string name,
        Action<MigrationBuilder> first,
        Action<MigrationBuilder> second,
        params string[] expected
    ) => new TestCaseData(new[] { first, second }, expected).SetArgDisplayNames(name);

    private static string Describe(CandidateFinding candidate)
    {
        var column = candidate.Column is null ? "" : "." + candidate.Column;
        var what = candidate.What is null ? "" : " " + candidate.What;
        var evidence = candidate.Query is null ? "" : ": " + candidate.Query.Sql(LintDatabase.Brackets);
        return $"{candidate.Kind} {candidate.Table}{column}{what}{evidence}{(candidate.IsLoss ? " !" : "")}"
            + $"{(candidate.IsRebuild ? " rebuild" : "")}{(candidate is { IsChangedBefore: true, Query: not null } ? " changed" : "")}";
    }

    private static ColumnSchema Column(string name) => new(name, "TEXT", true, null, 0, false);

    private static TableSchema Table(string name, string[] columns, params SchemaObject[] triggers) =>
        new(
            name,
            "",
            [
                .. columns.Select(c => new ColumnSchema(c, "TEXT", c != "id", null, c == "id" ? 1 : 0, false)),
                new ColumnSchema("computed", "TEXT", true, null, 0, true),
            ],
            [],
            [],
            [],
            triggers
        );
}
