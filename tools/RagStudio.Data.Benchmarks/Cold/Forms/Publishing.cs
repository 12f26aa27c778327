using System.Runtime.InteropServices;

namespace RagStudio.Data.Benchmarks;

/// <summary>Publishes this repository's programs with native code.</summary>
internal static class Publishing
{
    /// <summary>
    /// The folder of this program ends with its project's name, <c>bin</c>, the configuration and the
    /// framework.
    /// </summary>
    public static string Tools { get; } =
        Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    /// <returns>The folder of the program, which is published once.</returns>
    public static async Task<string> FolderAsync(string project, BenchmarkDatabases databases)
    {
        var folder = databases.NewFolder($"published-{project}");
        var published = Path.Combine(folder, "program");
        if (!Directory.Exists(published))
        {
            await PublishAsync(project, folder, published);
        }
        return published;
    }

    private static async Task PublishAsync(string project, string folder, string published) =>
        await ChildProcess.TimeAsync(
            new ColdChild(
                "dotnet publish",
                "dotnet",
                [
                    "publish",
                    Path.Combine(Tools, project),
                    "--configuration",
                    "Release",
                    "--runtime",
                    RuntimeInformation.RuntimeIdentifier,
                    "--no-self-contained",
                    "-p:PublishReadyToRun=true",
                    "--artifacts-path",
                    Path.Combine(folder, "artifacts"),
                    "--output",
                    published,
                    "-nodeReuse:false",
                    "--verbosity",
                    "quiet",
                ]
            )
        );
}
