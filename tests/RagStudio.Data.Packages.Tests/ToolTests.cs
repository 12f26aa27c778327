namespace RagStudio.Data.Packages.Tests;

/// <summary>Tests the installed tool.</summary>
[TestFixture]
internal sealed class ToolTests
{
    [Test]
    public async Task The_installed_tool_tells_its_version_and_works()
    {
        var folder = PackedRepository.FolderFor("tool");
        var installed = await DotNet.RunAsync(
            folder,
            [
                "tool",
                "install",
                "RagStudio.Data.Cli",
                "--version",
                PackedRepository.Version,
                "--tool-path",
                "bin",
                "--source",
                PackedRepository.Packages,
            ]
        );
        Assert.That(installed.ExitCode, Is.Zero, installed.Text);
        var tool = Path.Combine(folder, "bin", "ragstudio-db");
        var version = await DotNet.RunProgramAsync(tool, folder, "--version");
        var migrated = await DotNet.RunProgramAsync(tool, folder, "migrate");
        var status = await DotNet.RunProgramAsync(tool, folder, "status", "--check");
        Assert.Multiple(() =>
        {
            Assert.That(version.Text, Does.Match(@"^\d+\.\d+\.\d+"));
            Assert.That(migrated.ExitCode, Is.Zero, migrated.Text);
            Assert.That(status.ExitCode, Is.Zero, status.Text);
            Assert.That(status.Text, Does.StartWith("Every database is up to date."));
        });
    }
}
