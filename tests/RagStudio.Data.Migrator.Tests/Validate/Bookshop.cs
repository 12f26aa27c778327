using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Validate;

/// <summary>An expected table, and variants with one difference each.</summary>
internal static class Bookshop
{
    public static readonly ColumnSchema Id = new("id", "INTEGER", false, null, 1, false);
    public static readonly ColumnSchema Title = new("title", "TEXT", false, "'new'", 0, false);
    public static readonly ColumnSchema Shelf = new("shelf", "INTEGER", true, null, 0, false);

    public static readonly IndexSchema ByTitle = new("IX_title", false, ["title", "shelf DESC"], "shelf > 0");
    public static readonly IndexSchema UniqueTitle = new(null, true, ["title"], null);
    public static readonly ForeignKeySchema ToShelf = new(["shelf"], "shelves", ["id"], "NO ACTION", "CASCADE");
    public static readonly SchemaObject Trigger = new("on_book", "create trigger on_book");

    public static readonly TableSchema Books = new(
        "books",
        "",
        [Id, Title, Shelf],
        [ByTitle, UniqueTitle],
        [ToShelf],
        ["title <> ''"],
        [Trigger]
    );

    public static readonly SchemaObject View = new("titles", "create view titles as select title from books");

    public static IEnumerable<TestCaseData> Differences =>
        [
            Case(
                "column missing",
                Books with
                {
                    Columns = [Id, Title],
                    ForeignKeys = [],
                    Indexes = [UniqueTitle],
                },
                "column books.shelf",
                "shelf",
                "is missing"
            ),
            Case(
                "column extra",
                With(new ColumnSchema("x", "TEXT", true, null, 0, false)),
                "column books.x",
                "x",
                "no applied migration creates"
            ),
            Case(
                "column type",
                With(Title with { Type = "BLOB" }),
                "column books.title",
                "title",
                "type BLOB, not TEXT"
            ),
            Case(
                "column nullability",
                With(Title with { IsNullable = true }),
                "column books.title",
                "title",
                "nullability NULL, not NOT NULL"
            ),
            Case(
                "column default",
                With(Title with { Default = "'old'" }),
                "column books.title",
                "title",
                "default 'old', not 'new'"
            ),
            Case(
                "column default gone",
                With(Title with { Default = null }),
                "column books.title",
                "title",
                "default none, not 'new'"
            ),
            Case(
                "column in the key",
                With(Title with { PrimaryKeyOrder = 2 }),
                "column books.title",
                "title",
                "place in the primary key 2, not none"
            ),
            Case(
                "column computed",
                With(Title with { IsComputed = true }),
                "column books.title",
                "title",
                "computed yes, not no"
            ),
            Case(
                "column collation",
                With(Title with { Collation = "NOCASE" }),
                "column books.title",
                "title",
                "collation NOCASE, not none"
            ),
            Case(
                "column in many ways",
                With(Title with { Type = "BLOB", IsNullable = true }),
                "column books.title",
                "title",
                "type BLOB, not TEXT; nullability NULL"
            ),
            Case(
                "index missing",
                Books with
                {
                    Indexes = [UniqueTitle],
                },
                "index books.IX_title",
                "IX_title",
                "is missing"
            ),
            Case(
                "index order",
                Indexed(ByTitle with { Columns = ["shelf DESC", "title"] }),
                "index books.IX_title",
                "IX_title",
                "is (shelf DESC, title)"
            ),
            Case(
                "index direction",
                Indexed(ByTitle with { Columns = ["title", "shelf"] }),
                "index books.IX_title",
                "IX_title",
                "not (title, shelf DESC)"
            ),
            Case(
                "index unique",
                Indexed(ByTitle with { IsUnique = true }),
                "index books.IX_title",
                "IX_title",
                "is UNIQUE (title"
            ),
            Case(
                "index filter",
                Indexed(ByTitle with { Filter = null }),
                "index books.IX_title",
                "IX_title",
                "not (title, shelf DESC) WHERE shelf > 0"
            ),
            Case(
                "constraint missing",
                Books with
                {
                    Indexes = [ByTitle],
                },
                "index books.UNIQUE (title)",
                null,
                "the constraint of 'books' is missing: UNIQUE (title)"
            ),
            Case("key missing", Books with { ForeignKeys = [] }, "foreign key books (shelf)", null, "is missing"),
            Case(
                "key action",
                Keyed(ToShelf with { OnDelete = "SET NULL" }),
                "foreign key books (shelf)",
                null,
                "ON DELETE SET NULL, not to 'shelves' (id) ON UPDATE NO ACTION ON DELETE CASCADE"
            ),
            Case(
                "key parent",
                Keyed(ToShelf with { ParentTable = "racks" }),
                "foreign key books (shelf)",
                null,
                "refers to 'racks' (id)"
            ),
            Case(
                "key parent's column",
                Keyed(ToShelf with { ParentColumns = ["code"] }),
                "foreign key books (shelf)",
                null,
                "refers to 'shelves' (code)"
            ),
            Case(
                "key extra",
                Books with
                {
                    ForeignKeys = [ToShelf, ToShelf with { Columns = ["title"] }],
                },
                "foreign key books (title)",
                null,
                "no applied migration creates"
            ),
            Case("check missing", Books with { Checks = [] }, "check books (title <> '')", null, "is missing"),
            Case(
                "check extra",
                Books with
                {
                    Checks = ["title <> ''", "id > 0"],
                },
                "check books (id > 0)",
                null,
                "no applied migration creates"
            ),
            Case(
                "check edited",
                Books with
                {
                    Checks = ["title <> 'x'"],
                },
                "check books (title <> '')",
                null,
                "is (title <> 'x')"
            ),
            Case("trigger missing", Books with { Triggers = [] }, "trigger books.on_book", "on_book", "is missing"),
            Case(
                "trigger edited",
                Books with
                {
                    Triggers = [Trigger with { Definition = "create trigger x" }],
                },
                "trigger books.on_book",
                "on_book",
                "differs from"
            ),
            Case(
                "trigger extra",
                Books with
                {
                    Triggers = [Trigger, new("other", "y")],
                },
                "trigger books.other",
                "other",
                "no applied migration creates"
            ),
            Case("traits", Books with { Traits = "STRICT" }, "table books", null, "is STRICT, not an ordinary one"),
            Case(
                "virtual",
                new TableSchema("books", "create virtual table books", [], [], [], [], []),
                "table books",
                null,
                "is create virtual table books"
            ),
        ];

    /// <summary>The table with a column replaced by another one of the same name, or with an additional one.</summary>
    public static TableSchema With(ColumnSchema column) =>
        Books with
        {
            Columns = [.. Books.Columns.Where(other => other.Name != column.Name), column],
        };

    public static TableSchema Indexed(IndexSchema index) => Books with { Indexes = [index, UniqueTitle] };

    public static TableSchema Keyed(ForeignKeySchema key) => Books with { ForeignKeys = [key] };

    private static TestCaseData Case(string name, TableSchema actual, string check, string? id, string detail) =>
        new TestCaseData(actual, check, id, detail).SetArgDisplayNames(name);
}
