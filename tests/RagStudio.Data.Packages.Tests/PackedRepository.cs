using RagStudio.Data.Testing;

namespace RagStudio.Data.Packages.Tests;

/// <summary>The packages of this repository, created once for all tests of this assembly.</summary>
[SetUpFixture]
internal sealed class PackedRepository
{
    private static TemporaryFolder? _folder;

    /// <summary>A unique version, because NuGet keeps what it has unpacked once.</summary>
    public static string Version { get; } = $"0.1.0-test{Environment.ProcessId}x{DateTime.UtcNow.Ticks}";

    /// <summary>The project's URL, which the publisher supplies.</summary>
    public const string ProjectUrl = "https://example.com/project";

    /// <summary>The folder of the packages.</summary>
    public static string Packages => _folder!.Combine("packages");

    /// <summary>A folder for one test.</summary>
    public static string FolderFor(string test) => Directory.CreateDirectory(_folder!.Combine(test)).FullName;

    [OneTimeSetUp]
    public async Task PackAsync()
    {
        _folder = new TemporaryFolder();
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        string[] how =
        [
            "--no-build",
            "-c",
            output.Parent!.Name,
            $"-p:PackageVersion={Version}",
            $"-p:ProjectUrl={ProjectUrl}",
            "-o",
            Packages,
        ];
        string[] native =
        [
            "-p:PackNativeCode=true",
            "-p:PackNativeTool=false",
            $"-p:NativeRuntimes={BuildFacts.RuntimeIdentifier}",
        ];
        var result = await DotNet.RunAsync(Root(output), ["pack", "-nodeReuse:false", .. how, .. native]);
        Assert.That(result.ExitCode, Is.Zero, result.Text);
    }

    [OneTimeTearDown]
    public void DeleteFolder() => _folder?.Dispose();

    private static string Root(DirectoryInfo folder)
    {
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
