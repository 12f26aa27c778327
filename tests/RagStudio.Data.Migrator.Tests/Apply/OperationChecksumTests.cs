using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using RagStudio.Data.Migrator.Migrations;

namespace RagStudio.Data.Migrator.Tests.Apply;

public sealed class OperationChecksumTests
{
    [Test]
    public void Of_tells_no_default_from_one_that_a_new_value_of_its_type_has() =>
        Assert.That(
            new[] { Of(up => AddInteger(up, null)), Of(up => AddInteger(up, 0)), Of(up => AddInteger(up, 0L)) },
            Is.Unique
        );

    [Test]
    public void Of_tells_what_is_not_stated_from_what_is_stated_to_be_none()
    {
        var indexes = new[] { null, Array.Empty<bool>(), [false], [true] };
        var texts = new bool?[] { null, false, true };

        Assert.Multiple(() =>
        {
            Assert.That(
                indexes.Select(index => Of(up => up.CreateIndex("IX", "t", "a", descending: index))),
                Is.Unique
            );
            Assert.That(texts.Select(text => Of(up => up.AddColumn<string>("a", "t", unicode: text))), Is.Unique);
        });
    }

    [Test]
    public void Of_tells_the_way_forward_from_the_way_back()
    {
        MigrationOperation[] drop = [new DropTableOperation { Name = "orders" }];

        Assert.That(OperationChecksum.Compute([], drop), Is.Not.EqualTo(OperationChecksum.Compute(drop, [])));
    }

    [Test]
    public void Of_tells_operations_and_rows_in_another_order_or_form_apart()
    {
        Action<MigrationBuilder>[] different =
        [
            up => Sql(up, "a", "b"),
            up => Sql(up, "b", "a"),
            up => Sql(up, "a", "b", "c"),
            up => Sql(up, "ab"),
            up =>
                Insert(
                    up,
                    new object[,]
                    {
                        { 1, 2, 3 },
                        { 4, 5, 6 },
                    }
                ),
            up =>
                Insert(
                    up,
                    new object[,]
                    {
                        { 1, 2 },
                        { 3, 4 },
                        { 5, 6 },
                    }
                ),
        ];

        Assert.That(different.Select(Of), Is.Unique);
    }

    [Test]
    public void Of_takes_texts_with_the_line_ends_of_another_checkout_for_the_same() =>
        Assert.That(Of(up => up.Sql("SELECT\r\n1")), Is.EqualTo(Of(up => up.Sql("SELECT\n1"))));

    [Test]
    public void Of_does_not_mind_which_release_of_EF_wrote_a_migration() =>
        Assert.That(
            Of(up => CreateTable(up, "orders").Annotation("ProductVersion", "10.0.99")),
            Is.EqualTo(Of(up => CreateTable(up, "orders")))
        );

    [Test]
    public void Of_does_not_mind_the_order_of_annotations_and_of_what_has_no_order()
    {
        var (there, back) = (new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (var i in Enumerable.Range(0, 20))
        {
            there.Add($"{i}", i);
            back.Add($"{19 - i}", 19 - i);
        }

        Assert.Multiple(() =>
        {
            Assert.That(Annotated(there), Is.EqualTo(Annotated(back)));
            Assert.That(Annotated(there.Keys.ToHashSet()), Is.EqualTo(Annotated(back.Keys.ToHashSet())));
            Assert.That(Annotated(there.Keys.ToArray()), Is.Not.EqualTo(Annotated(back.Keys.ToArray())));
            Assert.That(
                Of(up => CreateTable(up, "t").Annotation("a", 1).Annotation("b", 2)),
                Is.EqualTo(Of(up => CreateTable(up, "t").Annotation("b", 2).Annotation("a", 1)))
            );
        });
    }

    [Test]
    public void Of_takes_a_property_that_a_release_of_EF_adds_for_no_change() =>
        Assert.That(
            OperationChecksum.Compute([new Older.CustomOperation { Name = "a" }], []),
            Is.EqualTo(OperationChecksum.Compute([new Newer.CustomOperation { Name = "a" }], []))
        );

    [Test]
    public void Of_renders_no_version_of_an_assembly()
    {
        var text = new OperationText();
        text.Append("up", [new AddColumnOperation { Name = "a", ClrType = typeof(Dictionary<string, List<int?[]>>) }]);

        Assert.That(text.ToString(), Does.Not.Contain("Version=").And.Contain("System.Collections.Generic.List`1<"));
    }

    [Test]
    public void Append_renders_properties_of_every_type_and_one_that_hides_another_for_both()
    {
        var operation = new HidingOperation
        {
            Name = "a",
            Count = 7,
            IsOdd = true,
            Day = DayOfWeek.Friday,
            At = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        };
        operation.Column.Name = "c";
        ((HiddenOperation)operation).Name = "b";
        var text = new OperationText();

        text.Append("up", [operation]);

        Assert.That(
            text.ToString(),
            Is.EqualTo(
                "up[HidingOperation{At=System.DateTime 30:2026-01-02T03:04:05.0000000Utc"
                    + "Column=AddColumnOperation{Name=1:c}Count=System.Int32 1:7Day=System.Int32 1:5IsOdd=System.Boolean 4:TrueName=1:a},]"
            )
        );
    }

    private static string Of(Action<MigrationBuilder> build)
    {
        var builder = new MigrationBuilder("Microsoft.EntityFrameworkCore.Sqlite");
        build(builder);
        return OperationChecksum.Compute(builder.Operations, []);
    }

    private static void AddInteger(MigrationBuilder up, object? defaultValue) =>
        up.AddColumn<int>("a", "t", defaultValue: defaultValue);

    private static string Annotated(object value) => Of(up => CreateTable(up, "t").Annotation("a", value));

    private static void Sql(MigrationBuilder up, params string[] statements)
    {
        foreach (var statement in statements)
        {
            up.Sql(statement);
        }
    }

    private static void Insert(MigrationBuilder up, object[,] values) =>
        up.Operations.Add(
            new InsertDataOperation
            {
                Table = "t",
                Columns = ["a"],
                Values = values,
            }
        );

    private static OperationBuilder<CreateTableOperation> CreateTable(MigrationBuilder up, string name) =>
        up.CreateTable(
            name,
            table => new { id = table.Column<long>().Annotation("Sqlite:Autoincrement", true) },
            constraints: table => table.PrimaryKey("PK", row => row.id)
        );

    private class HiddenOperation : MigrationOperation
    {
        public string? Name { get; set; }

        public int Count { get; set; }

        public virtual bool? IsOdd { get; set; }
    }

    private sealed class HidingOperation : HiddenOperation
    {
        public new string? Name { get; set; }

        public override bool? IsOdd { get; set; }

        public DayOfWeek Day { get; set; }

        public DateTime At { get; set; }

        public AddColumnOperation Column { get; } = new();
    }

    private static class Older
    {
        internal sealed class CustomOperation : MigrationOperation
        {
            public string? Name { get; set; }
        }
    }

    private static class Newer
    {
        internal sealed class CustomOperation : MigrationOperation
        {
            public string? Name { get; set; }

            public string? Note { get; set; }

            public int Count { get; set; } = 5;

            public bool? IsOdd { get; set; }

            public List<string> Parts { get; } = [];

            public AddColumnOperation Column { get; } = new();

            public string Derived => Name + Count;
        }
    }
}
