using System.Diagnostics;
using System.Runtime.Versioning;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Whatever the user's umask, nothing that the tool creates is more accessible than the databases.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win")]
internal sealed class ModeTests : CliTest
{
    private const UnixFileMode Execute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode WriteByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    [Test]
    public async Task What_is_derived_from_a_database_keeps_to_its_mode(
        [Values("000", "022", "077")] string umask,
        [Values("600", "640", "644")] string mode
    )
    {
        await MigrateAsync();
        foreach (var file in Directory.GetFiles(DataDirectory, "*.lock"))
        {
            File.Delete(file);
        }
        var expected = (UnixFileMode)Convert.ToInt32(mode, 8);
        File.SetUnixFileMode(AppMeta, expected);
        File.SetUnixFileMode(Events, expected);

        await RunUnderAsync(umask, "backup", "create");
        var backup = Path.GetFileName(Directory.GetDirectories(Path.Combine(DataDirectory, "backups")).Single());
        File.Delete(AppMeta);
        await RunUnderAsync(umask, "restore", backup, "--yes");
        await RunUnderAsync(umask, "report", "--html", "report.html");

        Assert.That(File.GetUnixFileMode(AppMeta), Is.EqualTo(expected), "the restored one");
        Assert.That(File.GetUnixFileMode(PathTo("report.html")), Is.EqualTo(expected & ~WriteByOthers), "the report");
        var wider = new DirectoryInfo(DataDirectory)
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(entry => (entry.UnixFileMode & ~(entry is DirectoryInfo ? expected | Execute : expected)) != 0)
            .Select(entry => $"{entry.FullName} {entry.UnixFileMode}");
        Assert.That(wider, Is.Empty);
    }

    private async Task RunUnderAsync(string umask, params string[] args)
    {
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "umask $0; exec dotnet \"$@\"", umask, typeof(CommandLine).Assembly.Location, .. args]
        )
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("RAGSTUDIO_DATA_DIR");
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = await process.StandardError.ReadToEndAsync(limit.Token);
        await output;
        await process.WaitForExitAsync(limit.Token);
        Assert.That(process.ExitCode, Is.Zero, error);
    }
}
