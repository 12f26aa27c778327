using System.Runtime.Versioning;
using RagStudio.Data.Testing;

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

    /// <summary>Opening a pipe would wait forever, and writing through a link would reach another file.</summary>
    [TestCase(HostileFile.Pipe)]
    [TestCase(HostileFile.Link)]
    [TestCase(HostileFile.DanglingLink)]
    [CancelAfter(60_000)]
    public async Task Script_is_written_into_no_pipe_and_through_no_link(HostileFile kind, CancellationToken limit)
    {
        var target = kind.Put(PathTo("all.sql"));
        var before = Directory.GetFileSystemEntries(Folder);
        var result = await Task.Run(() => RunAsync(["script", "--output", "all.sql", .. App]), limit).WaitAsync(limit);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain("not a regular file"));
            Assert.That(Directory.GetFileSystemEntries(Folder), Is.EquivalentTo(before));
            Assert.That(
                kind != HostileFile.Link || File.ReadAllText(target) == HostileFiles.Secret,
                Is.True,
                "The target of the link is as it was."
            );
        });
    }

    [TestCase("data/events.db", "it is a database")]
    [TestCase("data/app_meta.db-wal", "it is a database, or belongs to one")]
    [TestCase("other.db", "it is a database")]
    [TestCase("", "--output is empty")]
    public async Task Script_replaces_no_database(string path, string why)
    {
        await MigrateAsync();
        Database.Execute(PathTo("other.db"), "CREATE TABLE t (id)");
        var before = FolderImage.Of(Folder);
        var result = await RunAsync("script", "--output", path);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contain(why));
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such permissions.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Script_that_replaces_a_file_keeps_its_permissions()
    {
        File.SetUnixFileMode(Write("all.sql", "old"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var result = await RunAsync(["script", "--output", "all.sql", .. App]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(File.ReadAllText(PathTo("all.sql")), Does.StartWith("-- CatalogContext"));
            Assert.That(
                File.GetUnixFileMode(PathTo("all.sql")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite)
            );
        });
    }
}
