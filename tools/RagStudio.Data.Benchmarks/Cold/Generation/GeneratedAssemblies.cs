namespace RagStudio.Data.Benchmarks;

/// <summary>The same migrations as a context's assembly, and as an assembly of scripts.</summary>
internal static class GeneratedAssemblies
{
    /// <summary>Writes a context with so many migrations.</summary>
    public static void WriteContext(string file, int count)
    {
        var schema = new GeneratedSchema();
        var migrations = Enumerable.Range(0, count).Select(_ => schema.Next()).ToList();
        SourceCompiler.Compile(file, ContextSource.Of(schema.Tables, migrations));
    }

    /// <summary>Writes the scripts of a context. In a process of its own: a process takes one assembly of that name.</summary>
    public static void WriteScripts(string file, string contextAssembly)
    {
        using var context = EFGeneratedChild.Create(":memory:", contextAssembly);
        ScriptAssembly.Write(file, MigrationScripts.Of(context));
    }
}
