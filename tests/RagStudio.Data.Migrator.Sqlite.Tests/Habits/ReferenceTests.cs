namespace RagStudio.Data.Migrator.Sqlite.Tests.Habits;

/// <summary>Rows that refer to nothing are identified by their keys, whatever the kind of table.</summary>
public sealed class ReferenceTests : ShopTest
{
    private const string Secret = "b7f0c0de-0000-0000-0000-000000000001";

    [TestCase("Lines (Id, RowId, OrderId) VALUES (1, '" + Secret + "', 99)", "row 1 of 'Lines'", "1")]
    [TestCase("Parts VALUES ('" + Secret + "', 'x', 'y', 'p1', 99)", "row p1 of 'Parts'", "p1")]
    public async Task An_orphan_is_named_where_a_column_has_the_name_of_the_rows_number(
        string row,
        string told,
        string id
    )
    {
        await Shop.Manager<RowIdContext>().MigrateToVersionAsync("20240101000000_Create");
        Shop.Execute($"PRAGMA foreign_keys = OFF; INSERT INTO {row}");

        var error = (await Shop.Validate<RowIdContext>()).Reports.Single().Errors.Single();
        await Shop.Manager<RowIdContext>().MigrateAsync();

        Assert.That(error.Kind, Is.EqualTo(ValidationErrorKind.OrphanedRecord));
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Detail, Does.StartWith(told).And.Contain("OrderId").And.Not.Contain(Secret));
        Assert.That(Shop.Column("SELECT name FROM pragma_table_info('Orders')"), Has.Member("Note"));
    }

    [Test]
    public async Task An_orphan_of_a_table_without_row_numbers_is_named_by_its_key()
    {
        await Shop.Manager<NoRowIdContext>().MigrateToVersionAsync("20240101000000_Create");
        Shop.Execute("INSERT INTO Tags VALUES ('there'); INSERT INTO Links VALUES (2, 'there', '')");
        Shop.Execute($"PRAGMA foreign_keys = OFF; INSERT INTO Links VALUES (1, 'gone', '{Secret}')");

        var error = (await Shop.Validate<NoRowIdContext>()).Reports.Single().Errors.Single();

        Assert.That(error.Id, Is.EqualTo("1/gone"));
        Assert.That(
            error.Detail,
            Is.EqualTo("row 1/gone of 'Links': Tag refers to 'gone' of 'Tags', which does not exist")
        );
    }

    [Test]
    public async Task A_reference_to_what_is_unique_but_no_key_is_told_without_its_value()
    {
        await Shop.Manager<FirstShopContext>().MigrateAsync();
        Shop.Execute("CREATE TABLE people (id INTEGER PRIMARY KEY, mail TEXT UNIQUE)");
        Shop.Execute("CREATE TABLE letters (id INTEGER PRIMARY KEY, mail TEXT REFERENCES people (mail))");
        Shop.Execute($"PRAGMA foreign_keys = OFF; INSERT INTO letters VALUES (7, '{Secret}')");

        var errors = (await Shop.Validate<FirstShopContext>()).Reports.Single().Errors;

        Assert.That(
            errors.Select(error => error.Detail),
            Is.EqualTo(new[] { "row 7 of 'letters': mail refers to a row of 'people', which does not exist" })
        );
    }

    [Test]
    public async Task A_foreign_key_that_cannot_be_checked_is_one_finding_and_hides_no_other()
    {
        await Shop.Manager<MismatchContext>().MigrateToVersionAsync("20240101000000_Create");
        Shop.Execute("INSERT INTO Messages VALUES ('m', 's')");
        Shop.Execute("PRAGMA foreign_keys = OFF; INSERT INTO Members VALUES (7, 99)");

        var errors = (await Shop.Validate<MismatchContext>()).Reports.Single().Errors;
        var summary = await Shop.Manager<MismatchContext>().MigrateAsync();

        Assert.That(
            errors.Select(error => (error.Kind, error.Table, error.Id)),
            Is.EquivalentTo(
                new[]
                {
                    (ValidationErrorKind.ForeignKey, (string?)"Relays", (string?)null),
                    (ValidationErrorKind.OrphanedRecord, "Members", "7"),
                }
            )
        );
        Assert.That(
            summary.Reports.SelectMany(report => report.Warnings).Select(warning => warning.Detail),
            Has.Some.Contains("foreign key mismatch")
        );
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM Messages"), Is.EqualTo(1));
    }
}
