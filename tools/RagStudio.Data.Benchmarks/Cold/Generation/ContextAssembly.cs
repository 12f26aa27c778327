namespace RagStudio.Data.Benchmarks;

/// <summary>An application's data assembly, generated.</summary>
internal static class ContextAssembly
{
    /// <param name="file">The assembly.</param>
    /// <param name="migrations">How many migrations it has.</param>
    public static Task WriteAsync(string file, int migrations)
    {
        var schema = new GeneratedSchema();
        var made = Enumerable.Range(0, migrations).Select(_ => schema.Next()).ToList();
        return SourceCompiler.CompileAsync(file, ContextSource.Of(schema.Tables, made), []);
    }
}
