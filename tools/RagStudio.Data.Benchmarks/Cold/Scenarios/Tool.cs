using System.Runtime.InteropServices;

namespace RagStudio.Data.Benchmarks;

/// <summary>The command-line tool.</summary>
internal static class Tool
{
    private const string Project = "RagStudio.Data.Cli";

    private static readonly string ProgramFile = "ragstudio-db" + ColdChild.ProgramExtension;

    /// <summary>The folder of this program ends in its project's, <c>bin</c>, the configuration and the framework.</summary>
    private static readonly string Tools = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..")
    );

    /// <summary>As it is built beside this program, without native code.</summary>
    public static string AsBuilt()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Tools, Project, "bin", output.Parent!.Name, output.Name, ProgramFile);
    }

    /// <summary>As its users have it, with native code.</summary>
    /// <returns>The program.</returns>
    public static async Task<string> PublishAsync(string folder)
    {
        var published = Path.Combine(folder, "published");
        await ChildProcess.TimeAsync(
            new ColdChild(
                "dotnet publish",
                "dotnet",
                [
                    "publish",
                    Path.Combine(Tools, Project),
                    "--configuration",
                    "Release",
                    "--runtime",
                    RuntimeInformation.RuntimeIdentifier,
                    "--no-self-contained",
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
        return Path.Combine(published, ProgramFile);
    }
}
