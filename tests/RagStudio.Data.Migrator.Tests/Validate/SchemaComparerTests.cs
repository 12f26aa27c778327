using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Validate;
using static RagStudio.Data.Migrator.Tests.Validate.Bookshop;

namespace RagStudio.Data.Migrator.Tests.Validate;

internal sealed class SchemaComparerTests
{
    [TestCaseSource(typeof(Bookshop), nameof(Bookshop.Differences))]
    public void Compare_reports_a_difference_once(TableSchema actual, string check, string? id, string detail)
    {
        var (findings, warnings) = SchemaComparer.Compare(Of(Books), Of(actual));

        Assert.Multiple(() =>
        {
            Assert.That(findings.Select(finding => finding.Check), Is.EqualTo(new[] { "schema: " + check }));
            Assert.That(findings[0].Count, Is.EqualTo(1));
            Assert.That(findings[0].Kind, Is.EqualTo(ValidationErrorKind.SchemaMismatch));
            Assert.That(findings[0].First.Select(e => (e.Table, e.Id)), Is.EqualTo(new[] { ("books", id) }));
            Assert.That(findings[0].First[0].Detail, Does.Contain(detail));
            Assert.That(warnings, Is.Empty);
        });
    }

    [Test]
    public void Compare_finds_nothing_in_what_differs_only_in_case_and_order()
    {
        var actual = new TableSchema(
            "BOOKS",
            "",
            [Shelf with { Name = "SHELF" }, Title with { Type = "text" }, Id],
            [UniqueTitle with { Columns = ["Title"] }, ByTitle with { Name = "ix_TITLE" }],
            [ToShelf with { Columns = ["Shelf"], ParentTable = "Shelves", ParentColumns = ["ID"] }],
            ["title <> ''"],
            [Trigger with { Name = "ON_BOOK" }]
        );

        AssertNothing(SchemaComparer.Compare(Of(Books, View), Of(actual, View with { Name = "TITLES" })));
    }

    [Test]
    public void Compare_tells_names_apart_as_the_provider_does()
    {
        var small = new TableSchema("books", "", [Id], [], [], [], []);
        var large = Books with { Name = "Books" };

        var (expected, actual) = (new DatabaseSchema([small, large], []), new DatabaseSchema([large, small], []));

        var asTwo = SchemaComparer.Compare(expected, actual with { Names = StringComparer.Ordinal });
        var asOne = SchemaComparer.Compare(expected, actual);

        AssertNothing(asTwo);
        Assert.That(asOne.Findings, Is.Not.Empty);
    }

    [Test]
    public void Find_tells_names_apart_as_the_provider_does()
    {
        var schema = new DatabaseSchema([Books with { Name = "Books" }, Books], []) { Names = StringComparer.Ordinal };

        Assert.Multiple(() =>
        {
            Assert.That(schema.Find("books")!.Name, Is.EqualTo("books"));
            Assert.That(schema.Find("BOOKS"), Is.Null);
            Assert.That(schema.Find("books")!.Find("TITLE"), Is.Null);
            Assert.That(Of(Books).Find("BOOKS")!.Find("TITLE"), Is.Not.Null);
        });
    }

    [Test]
    public void Compare_reports_a_missing_table_without_what_belongs_to_it()
    {
        var (findings, warnings) = SchemaComparer.Compare(Of(Books), DatabaseSchema.Empty);

        Assert.That(
            findings.Select(finding => (finding.Check, finding.Kind, finding.Table, finding.Count)),
            Is.EqualTo(new[] { ("schema: table books", ValidationErrorKind.MissingTable, "books", 1L) })
        );
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Compare_reports_a_missing_column_without_the_keys_and_indexes_that_cannot_be_without_it()
    {
        var actual = Books with { Columns = [Id, Title], ForeignKeys = [], Indexes = [UniqueTitle] };
        var expected = Books with { Indexes = [UniqueTitle, new("IX_shelf", false, ["shelf"], null)] };

        var (findings, _) = SchemaComparer.Compare(Of(expected), Of(actual));

        Assert.That(findings.Select(finding => finding.Check), Is.EqualTo(new[] { "schema: column books.shelf" }));
    }

    [Test]
    public void Compare_reports_an_extra_column_without_the_foreign_key_that_it_came_with()
    {
        var actual = With(new ColumnSchema("author", "INTEGER", true, null, 0, false)) with
        {
            ForeignKeys = [ToShelf, ToShelf with { Columns = ["author"], ParentTable = "authors" }],
        };

        var (findings, _) = SchemaComparer.Compare(Of(Books), Of(actual));

        Assert.That(findings.Select(finding => finding.Check), Is.EqualTo(new[] { "schema: column books.author" }));
    }

    [Test]
    public void Compare_reports_another_primary_key_by_its_columns_alone()
    {
        var expected = Key("a", "b COLLATE NOCASE");
        var actual = Key("b COLLATE NOCASE", "a");

        var (findings, warnings) = SchemaComparer.Compare(Of(expected), Of(actual));

        Assert.That(
            findings.Select(finding => finding.Check),
            Is.EqualTo(new[] { "schema: column t.a", "schema: column t.b" })
        );
        Assert.That(warnings, Is.Empty);
    }

    [Test]
    public void Compare_takes_a_foreign_key_without_columns_of_its_missing_parent_for_any()
    {
        var actual = Keyed(ToShelf with { ParentColumns = [] });

        AssertNothing(SchemaComparer.Compare(Of(Books), Of(actual)));
    }

    [Test]
    public void Compare_reports_two_differences_of_one_key_as_one_finding_that_counts_both()
    {
        var two = Books with { ForeignKeys = [ToShelf, ToShelf with { ParentTable = "racks" }] };

        var (findings, _) = SchemaComparer.Compare(Of(two), Of(Books with { ForeignKeys = [] }));

        Assert.That(findings.Single().Count, Is.EqualTo(2));
        Assert.That(findings.Single().First, Has.Count.EqualTo(2));
    }

    [Test]
    public void Compare_reports_views_that_are_missing_or_edited()
    {
        var other = new SchemaObject("shelves", "create view shelves");

        var (findings, _) = SchemaComparer.Compare(Of(Books, View, other), Of(Books, View with { Definition = "x" }));

        Assert.That(
            findings.Select(finding => (finding.Check, finding.Kind, finding.Table)),
            Is.EquivalentTo(
                new[]
                {
                    ("schema: view titles", ValidationErrorKind.SchemaMismatch, "titles"),
                    ("schema: view shelves", ValidationErrorKind.SchemaMismatch, "shelves"),
                }
            )
        );
    }

    [Test]
    public void Compare_warns_of_what_is_there_beside_what_should_be()
    {
        var actual = new DatabaseSchema(
            [
                Books with
                {
                    Indexes =
                    [
                        ByTitle,
                        UniqueTitle,
                        new("IX_mine", false, ["id"], null),
                        new(null, true, ["shelf"], null),
                    ],
                },
                new TableSchema("mine", "", [Id], [], [], [], []),
            ],
            [View]
        );

        var (findings, warnings) = SchemaComparer.Compare(Of(Books), actual);

        Assert.That(findings, Is.Empty);
        Assert.That(
            warnings.Select(warning => (warning.Kind, warning.Table)),
            Is.EquivalentTo(
                new[]
                {
                    (ValidationWarningKind.UnexpectedTable, "mine"),
                    (ValidationWarningKind.UnexpectedObject, "books"),
                    (ValidationWarningKind.UnexpectedObject, "books"),
                    (ValidationWarningKind.UnexpectedObject, "titles"),
                }
            )
        );
    }

    private static DatabaseSchema Of(TableSchema table, params IReadOnlyList<SchemaObject> views) =>
        new([table], views);

    private static TableSchema Key(params string[] columns) =>
        new(
            "t",
            "",
            [
                .. columns
                    .Select((name, at) => new ColumnSchema(name.Split(' ')[0], "TEXT", false, null, at + 1, false))
                    .OrderBy(column => column.Name),
            ],
            [new IndexSchema(null, true, columns, null)],
            [],
            [],
            []
        );

    private static void AssertNothing(
        (IReadOnlyList<ValidationFinding> Findings, IReadOnlyList<ValidationWarning> Warnings) compared
    )
    {
        Assert.That(compared.Findings.SelectMany(finding => finding.First).Select(error => error.Detail), Is.Empty);
        Assert.That(compared.Warnings.Select(warning => warning.Detail), Is.Empty);
    }
}
