using System.Runtime.Versioning;
using System.Text.Json;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class CompileCommandTests : CliTest
{
    private static readonly string[] App = ["--assembly", SampleApplication.Assembly, "--context", "CatalogContext"];

    private string Compiled => PathTo("CatalogContext.migrations.json");

    [Test]
    public async Task Compile_writes_the_file_of_another_applications_context_and_no_database()
    {
        var result = await RunAsync(["compile", .. App]);
        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(Compiled));
        var migrations = file.RootElement.GetProperty("migrations");
        Assert.Multiple(() =>
        {
            Assert.That(result.Out, Does.StartWith($"Wrote {Compiled}: 3 migrations of CatalogContext."));
            Assert.That(
                migrations.EnumerateArray().Select(migration => migration.GetProperty("version").GetString()),
                Is.EqualTo(
                    new[]
                    {
                        "20250101000000_CreateProducts",
                        "20250201000000_IndexNames",
                        "20250301000000_RequireNames",
                    }
                )
            );
            Assert.That(
                migrations[0].GetProperty("up")[0].GetProperty("sql").GetString(),
                Does.StartWith("CREATE TABLE \"Products\"")
            );
            Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.EqualTo(new[] { Compiled }));
        });
    }

    [Test]
    public async Task Compile_writes_a_file_only_where_something_has_changed_and_says_so()
    {
        var first = await RunAsync(["compile", "--json", .. App]);
        var written = File.GetLastWriteTimeUtc(Compiled);
        var second = await RunAsync(["compile", "--json", .. App]);

        Assert.Multiple(() =>
        {
            Assert.That(ContextOf(first).GetProperty("changed").GetBoolean());
            Assert.That(ContextOf(second).GetProperty("changed").GetBoolean(), Is.False);
            Assert.That(ContextOf(second).GetProperty("file").GetString(), Is.EqualTo(Compiled));
            Assert.That(ContextOf(second).GetProperty("migrations").GetArrayLength(), Is.EqualTo(3));
            Assert.That(File.GetLastWriteTimeUtc(Compiled), Is.EqualTo(written));
        });
    }

    [Test]
    public async Task Check_says_by_its_exit_code_whether_the_file_is_missing_stale_or_current_and_writes_nothing()
    {
        var missing = await RunAsync(["compile", "--check", .. App]);
        var writtenByCheck = File.Exists(Compiled);
        await RunAsync(["compile", .. App]);
        var current = await RunAsync(["compile", "--check", .. App]);
        var stale = (await File.ReadAllTextAsync(Compiled)).Replace(
            "IX_Products_Name",
            "IX_Other",
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(Compiled, stale);
        var edited = await RunAsync(["compile", "--check", "--json", .. App]);
        await File.WriteAllTextAsync(Compiled, "{");
        var damaged = await RunAsync(["compile", "--check", .. App]);

        Assert.Multiple(() =>
        {
            Assert.That(
                (missing.Code, current.Code, edited.Code, damaged.Code),
                Is.EqualTo((ExitCode.Drifted, ExitCode.Done, ExitCode.Drifted, ExitCode.Drifted))
            );
            Assert.That(writtenByCheck, Is.False);
            Assert.That(missing.Out, Does.Contain("missing or outdated"));
            Assert.That(ContextOf(edited).GetProperty("changed").GetBoolean());
            Assert.That(File.ReadAllText(Compiled), Is.EqualTo("{"));
        });
    }

    [Test]
    public async Task Check_only_warns_of_another_release_of_EF_and_does_not_mind_line_ends()
    {
        await RunAsync(["compile", .. App]);
        var text = await File.ReadAllTextAsync(Compiled);
        var version = JsonDocument.Parse(text).RootElement.GetProperty("productVersion").GetString()!;
        await File.WriteAllTextAsync(
            Compiled,
            text.Replace(version, "10.0.0", StringComparison.Ordinal).Replace("\\n", "\\r\\n", StringComparison.Ordinal)
        );

        var result = await RunAsync(["compile", "--check", .. App]);

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Out);
        Assert.That(result.Error, Does.Contain("10.0.0").And.Contain(version));
    }

    [Test]
    public async Task Compile_of_RAG_Studio_gives_the_files_that_are_checked_in()
    {
        var appMeta = await RunAsync("compile", "--database", "app_meta", "--check", "--output", Migrations("AppMeta"));
        var events = await RunAsync("compile", "--database", "events", "--check", "--output", Migrations("Events"));

        Assert.That((appMeta.Code, events.Code), Is.EqualTo((ExitCode.Done, ExitCode.Done)), appMeta.Out + events.Out);
    }

    [Test]
    public async Task Compile_refuses_a_folder_that_is_not_there()
    {
        var result = await RunAsync(["compile", "--output", "no/such", .. App]);

        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(result.Error, Does.Contain("there is no folder"));
    }

    /// <summary>Opening a pipe would wait forever, and writing through a link would reach another file.</summary>
    [TestCase(HostileFile.Pipe)]
    [TestCase(HostileFile.Link)]
    [TestCase(HostileFile.DanglingLink)]
    [CancelAfter(60_000)]
    public async Task Compile_writes_into_no_pipe_and_through_no_link(HostileFile kind, CancellationToken limit)
    {
        kind.Put(Compiled);
        var before = Directory.GetFileSystemEntries(Folder);
        var written = await Task.Run(() => RunAsync(["compile", .. App]), limit).WaitAsync(limit);
        var check = await Task.Run(() => RunAsync(["compile", "--check", .. App]), limit).WaitAsync(limit);
        Assert.Multiple(() =>
        {
            Assert.That(written.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(written.Error, Does.Contain("not a regular file"));
            Assert.That(check.Code, Is.EqualTo(ExitCode.Drifted));
            Assert.That(Directory.GetFileSystemEntries(Folder), Is.EquivalentTo(before));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such permissions.")]
    [UnsupportedOSPlatform("windows")]
    public async Task Compile_that_replaces_a_file_keeps_its_permissions()
    {
        Write("CatalogContext.migrations.json", "{}");
        File.SetUnixFileMode(Compiled, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var result = await RunAsync(["compile", .. App]);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(File.GetUnixFileMode(Compiled), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        });
    }

    private static JsonElement ContextOf(CliResult result) => result.Json.GetProperty("contexts")[0];

    private static string Migrations(string context)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "src", "RagStudio.Data", "Migrations", context);
    }
}
