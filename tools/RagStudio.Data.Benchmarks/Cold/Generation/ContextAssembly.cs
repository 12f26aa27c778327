namespace RagStudio.Data.Benchmarks;

/// <summary>An application's data assembly, generated.</summary>
internal static class ContextAssembly
{
    /// <summary>Up to how many migrations each has its target model written out, as EF does it.</summary>
    public const int MostWrittenOut = 100;

    /// <param name="file">The assembly.</param>
    /// <param name="migrations">How many migrations it has.</param>
    /// <param name="compiled">The file of the compiled migrations that are embedded, if any are.</param>
    public static async Task WriteAsync(string file, int migrations, string? compiled = null)
    {
        var shared = migrations > MostWrittenOut ? new SharedModelParts() : null;
        var schema = new GeneratedSchema(tables => shared?.Of(tables) ?? ModelSource.Of(tables, withClasses: false));
        var made = Enumerable.Range(0, migrations).Select(_ => schema.Next()).ToList();
        IReadOnlyList<KeyValuePair<string, string>> resources = compiled is null
            ? []
            : [new(Path.GetFileName(compiled), await File.ReadAllTextAsync(compiled))];
        await SourceCompiler.CompileAsync(file, ContextSource.Of(schema.Tables, made, shared), resources);
    }
}
