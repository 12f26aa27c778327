using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Follows the instructions in docs/operations.md for restoring without the tool.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class HandRestoreTests : CliTest
{
    [Test]
    public async Task The_documented_commands_restore_both_databases()
    {
        if (
            !Environment
                .GetEnvironmentVariable("PATH")!
                .Split(':')
                .Any(one => File.Exists(Path.Combine(one, "sqlite3")))
        )
        {
            Assert.Ignore("There is no sqlite3 on this machine.");
        }

        await MigrateAsync();
        Rows.AddSetting(AppMeta, "before");
        Rows.AddCheckpoint(Events, "before");
        var backup = await RunAsync("backup", "create", "--json");
        Database.Execute(AppMeta, "DELETE FROM settings WHERE key = 'before'");
        Rows.AddSetting(AppMeta, "after");
        Database.Execute(Events, "DELETE FROM event_checkpoints");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();

        var (exitCode, output) = await RunAsync(Commands(backup.Json.GetProperty("backupId").GetString()!));

        var manifest = await File.ReadAllTextAsync(
            Directory.GetFiles(PathTo("data", "backups"), "manifest.json", SearchOption.AllDirectories).Max()!
        );
        var hashes = Regex
            .Matches(output, "^[0-9a-f]{64}", RegexOptions.Multiline)
            .Select(match => match.Value)
            .ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.Zero, output);
            Assert.That(hashes, Has.Length.EqualTo(2));
            Assert.That(hashes, Is.All.Matches<string>(hash => manifest.Contains(hash, StringComparison.Ordinal)));
            Assert.That(Regex.Count(output, "^ok$", RegexOptions.Multiline), Is.EqualTo(2));
            Assert.That(Rows.Settings(AppMeta, "before"), Is.EqualTo(1));
            Assert.That(Rows.Settings(AppMeta, "after"), Is.Zero);
            Assert.That(Rows.Checkpoints(Events, "before"), Is.EqualTo(1));
        });
    }

    private static string Commands(string backupId)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent!;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "operations.md"));
        var fence = page.Split("```sh\n")
            .Single(part => part.StartsWith("sha256sum", StringComparison.Ordinal))
            .Split("```")[0];
        return Regex.Replace(fence, @"\d{8}T\d{9}Z_[0-9a-f]+", backupId);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-c", script])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
