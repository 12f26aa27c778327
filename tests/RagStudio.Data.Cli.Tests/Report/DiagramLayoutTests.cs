using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class DiagramLayoutTests
{
    [TestCase(1, 0)]
    [TestCase(2, 1)]
    [TestCase(7, 3)]
    [TestCase(40, 3)]
    [TestCase(40, 40)]
    [TestCase(120, 5)]
    public void Of_lets_no_table_overlap_another_and_keeps_all_within_the_drawing(int tables, int spread)
    {
        var layout = DiagramLayout.Create(Many(tables, spread));
        var overlaps =
            from one in layout.Boxes
            from other in layout.Boxes
            where
                one != other
                && one.X < other.Right
                && other.X < one.Right
                && one.Y < other.Bottom
                && other.Y < one.Bottom
            select $"{one.Table.Name} {other.Table.Name}";
        Assert.Multiple(() =>
        {
            Assert.That(layout.Boxes, Has.Count.EqualTo(tables));
            Assert.That(overlaps, Is.Empty);
            Assert.That(layout.Boxes.Select(box => box.Right), Is.All.LessThan(layout.Width));
            Assert.That(layout.Boxes.Select(box => box.Bottom), Is.All.LessThan(layout.Height));
            Assert.That(
                layout.Edges.SelectMany(edge => edge.Points),
                Is.All.Matches<(int X, int Y)>(p => p.X >= 0 && p.X <= layout.Width)
            );
        });
    }

    [TestCase(40, 3)]
    [TestCase(40, 40)]
    public void Of_lets_no_straight_part_of_a_foreign_key_go_through_a_table(int tables, int spread)
    {
        var layout = DiagramLayout.Create(Many(tables, spread));
        var hits =
            from edge in layout.Edges
            from i in Enumerable.Range(1, edge.Points.Count - 1).Where(i => i % 2 == 0)
            let y = edge.Points[i].Y
            let left = Math.Min(edge.Points[i].X, edge.Points[i - 1].X)
            from box in layout.Boxes
            where box.X <= left && left < box.Right && box.Y <= y && y <= box.Bottom
            select $"{edge.Name} through {box.Table.Name}";
        Assert.That(hits, Is.Empty);
    }

    [Test]
    public void Of_is_the_same_for_the_same_schema()
    {
        var (one, other) = (DiagramLayout.Create(Many(40, 3)), DiagramLayout.Create(Many(40, 3)));
        Assert.Multiple(() =>
        {
            Assert.That(other.Boxes.Select(box => (box.X, box.Y)), Is.EqualTo(one.Boxes.Select(box => (box.X, box.Y))));
            Assert.That(other.Edges.SelectMany(e => e.Points), Is.EqualTo(one.Edges.SelectMany(e => e.Points)));
        });
    }

    [Test]
    public void Of_puts_a_table_to_the_right_of_those_that_it_refers_to()
    {
        var layout = DiagramLayout.Create(new DatabaseSchema([Table("a", "b"), Table("b", "c"), Table("c")], []));
        Assert.That(
            layout.Boxes.OrderBy(box => box.X).Select(box => box.Table.Name),
            Is.EqualTo(new[] { "c", "b", "a" })
        );
    }

    [Test]
    public void Of_draws_circles_tables_that_refer_to_themselves_and_none_to_what_is_not_there()
    {
        var schema = new DatabaseSchema(
            [Table("a", "b"), Table("b", "c"), Table("c", "a"), Table("d", "d"), Table("e", "gone")],
            []
        );
        var layout = DiagramLayout.Create(schema);
        Assert.Multiple(() =>
        {
            Assert.That(layout.Boxes, Has.Count.EqualTo(5));
            Assert.That(layout.Edges, Has.Count.EqualTo(4));
            Assert.That(layout.Edges.Select(edge => edge.Name), Has.Member("d (d_id) → d (id)"));
        });
    }

    [Test]
    public void Of_breaks_a_column_of_very_many_tables()
    {
        var star = Enumerable.Range(0, 40).Select(i => Table($"child{i:00}", "hub")).Append(Table("hub"));
        var layout = DiagramLayout.Create(new DatabaseSchema([.. star], []));
        Assert.That(layout.Height, Is.LessThan(2500));
    }

    private static DatabaseSchema Many(int tables, int spread) =>
        new([.. Enumerable.Range(0, tables).Select(i => Table($"table{i:000}", Parents(i, spread)))], []);

    private static string[] Parents(int table, int spread) =>
        table % 5 == 4
            ? []
            :
            [
                .. new[] { table / 2, table / (spread + 1), table - spread }
                    .Where(i => i >= 0 && i < table && i % 5 != 4)
                    .Distinct()
                    .Select(i => $"table{i:000}"),
            ];

    private static TableSchema Table(string name, params string[] parents)
    {
        var columns = parents.Select(parent => new ColumnSchema(parent + "_id", "TEXT", false, null, 0, false));
        var keys = parents.Select(parent => new ForeignKeySchema(
            [parent + "_id"],
            parent,
            ["id"],
            "NO ACTION",
            "CASCADE"
        ));
        return new TableSchema(
            name,
            "",
            [new("id", "TEXT", false, null, 1, false), .. columns, new("name", "TEXT", true, null, 0, false)],
            [],
            [.. keys],
            [],
            []
        );
    }
}
