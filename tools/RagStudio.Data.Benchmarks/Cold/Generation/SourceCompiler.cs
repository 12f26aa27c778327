using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RagStudio.Data.Benchmarks;

/// <summary>Compiles sources against what this program itself is built of, as a release.</summary>
internal static class SourceCompiler
{
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release
    );

    /// <param name="file">The assembly, whose name is that of the file.</param>
    /// <param name="sources">One text for each file.</param>
    /// <param name="resources">What is embedded: a name and a text each.</param>
    public static void Compile(
        string file,
        IEnumerable<string> sources,
        IEnumerable<KeyValuePair<string, string>>? resources = null
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(file),
            sources.AsParallel().AsOrdered().Select(source => CSharpSyntaxTree.ParseText(source)),
            References(),
            Options
        );
        using var assembly = File.Create(file);
        var result = compilation.Emit(assembly, manifestResources: resources?.Select(Resource));
        if (!result.Success)
        {
            var errors = result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            throw new InvalidOperationException($"{file}: {string.Join("\n", errors.Take(10))}");
        }
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));

    private static ResourceDescription Resource(KeyValuePair<string, string> resource) =>
        new(resource.Key, () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(resource.Value)), isPublic: true);
}
