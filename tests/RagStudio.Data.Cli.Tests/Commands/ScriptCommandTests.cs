namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ScriptCommandTests : CliTest
{
    private static readonly string[] App = ["--assembly", SampleApplication.Assembly, "--context", "CatalogContext"];

    [Test]
    public async Task Script_prints_the_sql_of_all_migrations_in_their_order_and_makes_nothing()
    {
        var result = await RunAsync("script");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Out, Does.StartWith("-- app_meta: "));
            Assert.That(result.Out, Does.Contain("\n-- events: ").And.Contain("CREATE TABLE \"events\""));
            Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
        });
    }

    [TestCase("CreateProducts,IndexNames,RequireNames")]
    [TestCase("IndexNames,RequireNames", "CreateProducts")]
    [TestCase("IndexNames", "20250101000000", "20250201000000_IndexNames")]
    [TestCase("CreateProducts", "0", "createproducts")]
    [TestCase("", "RequireNames")]
    public async Task Script_has_the_migrations_after_one_version_up_to_another(string expected, params string[] range)
    {
        var result = await RunAsync(["script", .. range, .. App]);
        var headers = result.OutLines.Where(line => line.StartsWith("-- CatalogContext: ", StringComparison.Ordinal));
        var names = headers.Select(line => line[(line.IndexOf('_', StringComparison.Ordinal) + 1)..]);
        Assert.That(string.Join(',', names), Is.EqualTo(expected), result.Error);
    }

    [Test]
    public async Task Script_is_told_as_json_with_the_same_sql()
    {
        var result = await RunAsync(["script", "0", "CreateProducts", "--json", .. App]);
        var database = result.Json.GetProperty("databases")[0];
        var migration = database.GetProperty("migrations")[0];
        Assert.Multiple(() =>
        {
            Assert.That(database.GetProperty("name").GetString(), Is.EqualTo("CatalogContext"));
            Assert.That(migration.GetProperty("version").GetString(), Is.EqualTo("20250101000000_CreateProducts"));
            Assert.That(migration.GetProperty("sql").GetString(), Does.StartWith("CREATE TABLE \"Products\""));
        });
    }

    [Test]
    public async Task Script_writes_a_file_that_sqlite_runs()
    {
        var result = await RunAsync(["script", "--output", "catalog.sql", .. App]);
        Database.Execute(PathTo("x.db"), File.ReadAllText(PathTo("catalog.sql")));
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(Database.Count(PathTo("x.db"), "sqlite_master", "name = 'IX_Products_Name'"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Script_refuses_an_unknown_version_and_a_file_that_cannot_be_written()
    {
        var unknown = await RunAsync("script", "Nothing");
        var unwritable = await RunAsync("script", "--output", "no/such/folder.sql");
        Assert.Multiple(() =>
        {
            Assert.That(unknown.Code, Is.EqualTo(ExitCode.Refused));
            Assert.That(unknown.Error, Does.Contain("'Nothing' is no migration of this program."));
            Assert.That(unwritable.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(unwritable.Error, Does.Contain("cannot be written"));
        });
    }
}
