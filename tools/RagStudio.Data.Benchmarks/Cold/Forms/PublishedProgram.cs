namespace RagStudio.Data.Benchmarks;

/// <summary>Published as ReadyToRun, as users of an application have it, regardless of its migrator.</summary>
internal sealed class PublishedProgram : ProgramForm
{
    private readonly string _nativeCompiler;

    private PublishedProgram(string folder, string nativeCompiler)
    {
        File = Path.Combine(folder, Path.GetFileName(ColdChild.SelfFile));
        _nativeCompiler = nativeCompiler;
    }

    protected override string File { get; }

    public static async Task<ProgramForm> PublishAsync(BenchmarkDatabases databases)
    {
        var folder = await Publishing.FolderAsync("RagStudio.Data.Benchmarks", databases);
        // Written by a target in this program's project.
        var tools = await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "native-compiler.txt"));
        return new PublishedProgram(folder, Path.Combine(tools.Trim(), "crossgen2" + ColdChild.ProgramExtension));
    }

    /// <summary>Compiles it as publishing does with the application's own migrations.</summary>
    public override async Task FinishAsync(string assembly)
    {
        var native = assembly + ".native";
        var response = assembly + ".rsp";
        string[] arguments =
        [
            assembly,
            $"--out:{native}",
            "--optimize",
            .. SourceCompiler.References.Select(reference => $"--reference:{reference}"),
        ];
        await System.IO.File.WriteAllLinesAsync(response, arguments);
        await ChildProcess.TimeAsync(new ColdChild("crossgen2", _nativeCompiler, [$"@{response}"]));
        System.IO.File.Move(native, assembly, overwrite: true);
    }
}
