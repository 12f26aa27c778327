using System.Text.Json;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ProcessTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_tool_works_in_the_folder_data_when_told_nothing()
    {
        var migrated = await RunAsync("migrate");
        var status = await RunAsync("status", "--check", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(_folder.Combine("data", "app_meta.db"), Does.Exist);
            Assert.That(_folder.Combine("data", "events.db"), Does.Exist);
            Assert.That(status.Code, Is.EqualTo(ExitCode.Done), status.Error);
            Assert.That(status.Json.ValueKind, Is.EqualTo(JsonValueKind.Object));
            Assert.That(migrated.Out + migrated.Error + status.Error, Does.Not.Contain('\u001b'));
        });
    }

    [Test]
    public async Task The_tool_tells_its_version()
    {
        var result = await RunAsync("--version");
        Assert.That(result.Out, Does.Match(@"^\d+\.\d+\.\d+"));
    }

    [Test]
    public async Task The_tool_ends_with_2_on_a_command_line_that_it_cannot_read()
    {
        var result = await RunAsync("migrate", "--frob");
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Out, Is.Empty);
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1));
        });
    }

    [Test]
    [Platform("Linux")]
    public async Task The_tool_ends_with_130_on_ctrl_c_and_leaves_everything_as_it_was([Values] bool terminate)
    {
        // As if a script had started the tests in the background.
        InheritedSignals.IgnoreInterrupt();
        await RunAsync("migrate");
        var file = _folder.Combine("data", "events.db");
        Database.Execute(file, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%IndexEventReferences'");
        using var other = Database.Open(file);
        other.Execute("BEGIN EXCLUSIVE");
        using var tool = ToolProcess.Start(_folder.Path, "migrate", "--lock-timeout", "600");
        await tool.HasOpenedAsync(file);
        tool.Signal(terminate ? "TERM" : "INT");
        var result = await tool.EndAsync();
        other.Execute("ROLLBACK");
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(130));
            Assert.That(
                result.ErrorLines,
                Is.EqualTo(new[] { "error: cancelled; every database is as it was before." })
            );
            Assert.That(
                Database.Count(file, "__EFMigrationsHistory", "MigrationId LIKE '%IndexEventReferences'"),
                Is.Zero
            );
        });
    }

    [Test]
    [Platform("Linux")]
    public async Task An_import_that_ctrl_c_stops_keeps_what_it_has_written_and_says_so()
    {
        const int files = 4000;
        await RunAsync("migrate");
        var notes = Directory.CreateDirectory(_folder.Combine("notes")).FullName;
        for (var file = 0; file < files; file++)
        {
            File.WriteAllText(Path.Combine(notes, $"{file}.txt"), $"text {file}");
        }
        var database = _folder.Combine("data", "app_meta.db");
        using var tool = ToolProcess.Start(_folder.Path, "import", "notes", "--knowledge-base", "notes");
        await tool.HasAsync(() => Database.Count(database, "documents") > 0, "document in the database");
        tool.Signal("INT");
        var result = await tool.EndAsync();
        var stay = Database.Count(database, "documents");
        var again = await RunAsync("import", "notes", "--knowledge-base", "notes", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(130));
            Assert.That(
                result.ErrorLines,
                Is.EqualTo(
                    new[]
                    {
                        $"error: cancelled. {ReadableText.Count(stay, "document")} imported before are kept; run the import again for the rest.",
                    }
                )
            );
            Assert.That(stay, Is.LessThan(files));
            Assert.That(again.Json.GetProperty("imported").GetInt32(), Is.EqualTo(files - stay), again.Error);
            Assert.That(
                Database.Count(_folder.Combine("data", "events.db"), "events", "event_type = 'document.imported'"),
                Is.EqualTo(files)
            );
        });
    }

    private Task<CliResult> RunAsync(params string[] args) => ToolProcess.RunAsync(_folder.Path, args);
}
