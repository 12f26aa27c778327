namespace RagStudio.Data.Benchmarks;

/// <summary>A generated data assembly of an application.</summary>
internal static class ContextAssembly
{
    /// <summary>The number of migrations up to which each has its target model written out, as in EF.</summary>
    public const int MaxWrittenOut = 100;

    /// <param name="engine">The engine of its database.</param>
    /// <param name="file">The assembly.</param>
    /// <param name="migrations">The number of its migrations.</param>
    /// <param name="migrationsPerTable">See <see cref="GeneratedSchema"/>.</param>
    /// <param name="compiled">The file of embedded compiled migrations, if any.</param>
    public static async Task WriteAsync(
        Engine engine,
        string file,
        int migrations,
        int migrationsPerTable,
        string? compiled = null
    )
    {
        var shared = migrations > MaxWrittenOut ? new SharedModelParts() : null;
        var schema = new GeneratedSchema(
            engine,
            tables => shared?.Of(tables) ?? ModelSource.Of(tables, withClasses: false),
            migrationsPerTable
        );
        var made = Enumerable.Range(0, migrations).Select(_ => schema.Next()).ToList();
        IReadOnlyList<KeyValuePair<string, string>> resources = compiled is null
            ? []
            : [new(Path.GetFileName(compiled), await File.ReadAllTextAsync(compiled))];
        await SourceCompiler.CompileAsync(file, ContextSource.Of(engine, schema.Tables, made, shared), resources);
    }
}
