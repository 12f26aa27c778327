using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>A constraint may call a function that only the application's own connections have.</summary>
public sealed class ApplicationFunctionTests : ShopTest
{
    [SetUp]
    public async Task CreateConstraint()
    {
        await Shop.Manager<ShopContext>().MigrateAsync();
        using var connection = Shop.Open();
        connection.CreateFunction("is_loud", (string text) => !text.Any(char.IsLower), isDeterministic: true);
        connection.Execute("CREATE TABLE cries (text TEXT CHECK (is_loud(text)))");
        connection.Execute("INSERT INTO cries VALUES ('HELP')");
    }

    [Test]
    public async Task A_validation_tells_that_it_could_not_check_the_constraints()
    {
        var validation = await Shop.Validate<ShopContext>();

        var report = validation.Reports.Single();
        Assert.Multiple(() =>
        {
            Assert.That(report.Errors, Is.Empty);
            Assert.That(
                report.Warnings.Single(warning => warning.Kind == ValidationWarningKind.NotChecked).Detail,
                Does.StartWith("the CHECK constraints").And.Contain("is_loud")
            );
        });
    }

    [Test]
    public void Everything_but_the_constraints_is_checked_all_the_same()
    {
        using var connection = Shop.Open();
        connection.Execute("PRAGMA foreign_keys = OFF");
        connection.Execute("CREATE TABLE lines_of (order_id INTEGER REFERENCES orders (id))");
        connection.Execute("INSERT INTO lines_of VALUES (4711)");

        var check = SqliteChecks.Run(connection, tables: null, CheckDepth.Full);

        Assert.That(check.Findings.Single().Table, Is.EqualTo("lines_of"));
        Assert.That(check.NotChecked, Has.Count.EqualTo(1));
    }

    [Test]
    public void Nothing_is_told_where_the_connection_has_the_function()
    {
        using var connection = Shop.Open();
        connection.CreateFunction("is_loud", (string text) => !text.Any(char.IsLower), isDeterministic: true);

        Assert.That(SqliteChecks.Run(connection, tables: null, CheckDepth.Full).NotChecked, Is.Empty);
    }
}
