namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

public sealed class SchemaValidationTests : ShopTest
{
    private Library _library = null!;

    [SetUp]
    public async Task Migrate()
    {
        _library = new Library(Shop);
        await _library.Manager.MigrateAsync();
        Shop.Execute("INSERT INTO shelves VALUES (1, 'one'); INSERT INTO books (shelf_id, pages) VALUES (1, 7);");
    }

    [TearDown]
    public void DisposeLibrary() => _library.Dispose();

    [Test]
    public async Task What_EF_and_a_migrations_own_SQL_have_made_is_no_finding()
    {
        var report = await _library.ValidateAsync();

        Assert.That(report.Errors, Is.Empty);
        Assert.That(report.Warnings, Is.Empty);
        Assert.That((await _library.Manager.GetStatusAsync()).Databases[0].Drift, Is.Empty);
    }

    [Test]
    public async Task Statistics_and_a_vacuum_change_no_schema()
    {
        Shop.Execute("ANALYZE; VACUUM;");

        Assert.That((await _library.ValidateAsync()).Errors, Is.Empty);
        Assert.That((await _library.Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    [TestCase("DROP INDEX IX_books_shelf_id", "books", "IX_books_shelf_id")]
    [TestCase("DROP INDEX IX_books_lower", "books", "IX_books_lower")]
    [TestCase(
        "DROP INDEX IX_books_lower; CREATE INDEX IX_books_lower ON books (upper(title) DESC, id)",
        "books",
        "IX_books_lower"
    )]
    [TestCase(
        "DROP INDEX IX_books_lower; CREATE INDEX IX_books_lower ON books (lower(title), id)",
        "books",
        "IX_books_lower"
    )]
    [TestCase(
        "DROP INDEX IX_books_title; CREATE INDEX IX_books_title ON books (title) WHERE pages > 0",
        "books",
        "IX_books_title"
    )]
    [TestCase(
        "DROP INDEX IX_books_title; CREATE UNIQUE INDEX IX_books_title ON books (title) WHERE pages > 1",
        "books",
        "IX_books_title"
    )]
    [TestCase(
        "DROP INDEX IX_books_title; CREATE UNIQUE INDEX IX_books_title ON books (title COLLATE NOCASE) WHERE pages > 0",
        "books",
        "IX_books_title"
    )]
    [TestCase("ALTER TABLE books ADD COLUMN note TEXT", "books", "note")]
    [TestCase("ALTER TABLE notes ADD COLUMN twice AS (book_id * 2)", "notes", "twice")]
    [TestCase("ALTER TABLE notes DROP COLUMN text", "notes", "text")]
    [TestCase("DROP TRIGGER on_book", "books", "on_book")]
    [TestCase(
        "DROP TRIGGER on_book; CREATE TRIGGER on_book AFTER INSERT ON books BEGIN SELECT 1; END",
        "books",
        "on_book"
    )]
    [TestCase("CREATE TRIGGER spy AFTER DELETE ON books BEGIN SELECT 1; END", "books", "spy")]
    [TestCase("DROP VIEW long_books", "long_books", null)]
    [TestCase(
        "DROP VIEW long_books; CREATE VIEW long_books AS SELECT title FROM books WHERE pages > 50",
        "long_books",
        null
    )]
    [TestCase("CREATE TRIGGER on_view INSTEAD OF INSERT ON long_books BEGIN SELECT 1; END", "long_books", null)]
    public async Task A_change_by_hand_is_found_named_and_reported_once(string sql, string table, string? id)
    {
        Shop.Execute(sql);

        await AssertTheOneErrorAsync(ValidationErrorKind.SchemaMismatch, table, id);
    }

    [TestCase("books", "DEFAULT 'new'", "DEFAULT 'New'", "title")]
    [TestCase("books", "\"title\" TEXT NOT NULL", "\"title\" TEXT NULL", "title")]
    [TestCase("books", "\"pages\" INTEGER", "\"pages\" BIGINT", "pages")]
    [TestCase("books", "\"pages\" INTEGER", "\"pages\" INTEGER COLLATE NOCASE", "pages")]
    [TestCase("books", "pages > 0", "pages > -1", null)]
    [TestCase("books", "ON DELETE CASCADE", "ON DELETE SET NULL", null)]
    [TestCase("books", "REFERENCES \"shelves\"", "REFERENCES \"notes\"", null)]
    [TestCase(
        "books",
        "CONSTRAINT \"FK_books_shelves\" FOREIGN KEY (\"shelf_id\") REFERENCES \"shelves\" (\"id\") ON DELETE CASCADE",
        "CHECK (1)",
        null,
        2
    )]
    [TestCase("books", "AUTOINCREMENT", "", null)]
    public async Task A_rebuild_by_hand_is_found(string name, string text, string by, string? id, int errors = 1)
    {
        _library.Redefine(name, text, by);

        var report = await _library.ValidateAsync();

        Assert.That(
            report.Errors.Where(error => error.Kind == ValidationErrorKind.SchemaMismatch).Select(e => (e.Table, e.Id)),
            Is.EqualTo(Enumerable.Repeat((name, id), errors)),
            string.Join('\n', report.Errors)
        );
    }

    [TestCase("notes")]
    [TestCase("search")]
    public async Task A_dropped_table_is_missing_with_all_that_was_its_own(string table)
    {
        Shop.Execute($"DROP TABLE {table}");

        await AssertTheOneErrorAsync(ValidationErrorKind.MissingTable, table, null);
    }

    [TestCase("CREATE TABLE mine (id INTEGER PRIMARY KEY)", ValidationWarningKind.UnexpectedTable, "mine")]
    [TestCase("CREATE INDEX mine ON books (pages)", ValidationWarningKind.UnexpectedObject, "books")]
    [TestCase("CREATE VIEW mine AS SELECT * FROM books", ValidationWarningKind.UnexpectedObject, "mine")]
    [TestCase("CREATE VIEW mine AS SELECT * FROM not_there", ValidationWarningKind.UnexpectedObject, "mine")]
    public async Task What_is_there_beside_the_schema_is_a_warning_and_no_drift(
        string sql,
        ValidationWarningKind kind,
        string table
    )
    {
        Shop.Execute(sql);

        var report = await _library.ValidateAsync();

        Assert.That(report.Errors, Is.Empty);
        Assert.That(report.Warnings.Select(w => (w.Kind, w.Table)), Is.EqualTo(new[] { (kind, table) }));
        Assert.That((await _library.Manager.GetStatusAsync()).Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
    }

    private async Task AssertTheOneErrorAsync(ValidationErrorKind kind, string table, string? id)
    {
        var report = await _library.ValidateAsync();
        var status = await _library.Manager.GetStatusAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                report.Errors.Select(error => (error.Kind, error.Table, error.Id)),
                Is.EqualTo(new[] { (kind, table, id) })
            );
            Assert.That(report.ErrorCount, Is.EqualTo(1));
            Assert.That(report.Errors[0].Detail, Does.Contain(id ?? table));
            Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Drifted));
            Assert.That(status.Databases[0].Drift, Has.Count.EqualTo(1).And.All.Contains(id ?? table));
        });
    }
}
