using System.Globalization;
using System.Reflection;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Compiles sources with the references and the compiler of this program itself, in Release configuration.
/// </summary>
internal static class SourceCompiler
{
    private static readonly string Compiler = typeof(SourceCompiler)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "CSharpCompiler")
        .Value!;

    /// <summary>A compiler that runs for seconds does not recover the cost of collecting a profile of itself.</summary>
    private static readonly Dictionary<string, string> RunOnce = new() { ["DOTNET_TieredPGO"] = "0" };

    /// <param name="file">The assembly, named after the file; the sources are kept beside it.</param>
    /// <param name="sources">The text of each file.</param>
    /// <param name="resources">The name and text of each embedded resource.</param>
    public static async Task CompileAsync(
        string file,
        IEnumerable<string> sources,
        IReadOnlyList<KeyValuePair<string, string>> resources
    ) => await ChildProcess.TimeAsync(await PrepareAsync("the compiler", file, sources, resources));

    /// <summary>Writes the sources, and returns the compiler of them.</summary>
    /// <inheritdoc cref="CompileAsync"/>
    public static async Task<ColdChild> PrepareAsync(
        string name,
        string file,
        IEnumerable<string> sources,
        IReadOnlyList<KeyValuePair<string, string>> resources
    )
    {
        var folder = Directory.CreateDirectory(Path.ChangeExtension(file, "sources")).FullName;
        List<string> arguments = ["/target:library", "/optimize", "/nologo", "/nowarn:8019", $"/out:\"{file}\""];
        arguments.AddRange(References.Select(reference => $"/reference:\"{reference}\""));
        foreach (var (resource, text) in resources)
        {
            var written = await WriteAsync(folder, resource, text);
            arguments.Add($"/resource:\"{written}\",{resource}");
        }
        foreach (var (number, source) in sources.Index())
        {
            var written = await WriteAsync(folder, string.Create(CultureInfo.InvariantCulture, $"{number}.cs"), source);
            arguments.Add($"\"{written}\"");
        }
        var response = await WriteAsync(folder, "arguments.rsp", string.Join('\n', arguments));
        return new ColdChild(name, "dotnet", ["exec", Compiler, $"@{response}"]) { Environment = RunOnce };
    }

    /// <summary>The references of this program itself, and the framework.</summary>
    public static string[] References =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);

    private static async Task<string> WriteAsync(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
