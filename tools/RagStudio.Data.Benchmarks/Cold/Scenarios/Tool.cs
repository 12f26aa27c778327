namespace RagStudio.Data.Benchmarks;

/// <summary>The command-line tool.</summary>
internal static class Tool
{
    private const string Project = "RagStudio.Data.Cli";

    private static readonly string ProgramFile = "ragstudio-db" + ColdChild.ProgramExtension;

    /// <summary>Returns the tool as built beside this program, without native code.</summary>
    public static string AsBuilt()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Publishing.Tools, Project, "bin", output.Parent!.Name, output.Name, ProgramFile);
    }

    /// <summary>Publishes the tool as its users have it, with native code.</summary>
    /// <returns>The program.</returns>
    public static async Task<string> PublishAsync(BenchmarkDatabases databases) =>
        Path.Combine(await Publishing.FolderAsync(Project, databases), ProgramFile);
}
