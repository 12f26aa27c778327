namespace RagStudio.Data.Benchmarks;

/// <summary>An application's data assembly, generated.</summary>
internal static class ContextAssembly
{
    /// <param name="file">The assembly.</param>
    /// <param name="migrations">How many migrations it has.</param>
    /// <param name="compiled">The file of the compiled migrations that are embedded, if any are.</param>
    public static async Task WriteAsync(string file, int migrations, string? compiled = null)
    {
        var schema = new GeneratedSchema();
        var made = Enumerable.Range(0, migrations).Select(_ => schema.Next()).ToList();
        IReadOnlyList<KeyValuePair<string, string>> resources = compiled is null
            ? []
            : [new(Path.GetFileName(compiled), await File.ReadAllTextAsync(compiled))];
        await SourceCompiler.CompileAsync(file, ContextSource.Of(schema.Tables, made), resources);
    }
}
