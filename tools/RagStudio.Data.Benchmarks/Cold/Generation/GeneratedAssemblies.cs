namespace RagStudio.Data.Benchmarks;

/// <summary>The same migrations in the form that each program expects.</summary>
/// <param name="Context">A context with its migrations.</param>
/// <param name="Compiled">The same with compiled migrations.</param>
/// <param name="Scripts">Their SQL.</param>
internal sealed record GeneratedAssemblies(string Context, string Compiled, string Scripts)
{
    private const string CompiledFile = "GeneratedContext.migrations.json";

    public static async Task<GeneratedAssemblies> WriteAsync(
        Engine engine,
        int migrations,
        string folder,
        int migrationsPerTable = 1
    )
    {
        var (context, compiled) = (Assembly("plain"), Assembly("compiled"));
        var (scripts, json) = (Path.Combine(folder, "Scripts.dll"), Path.Combine(folder, CompiledFile));
        await ContextAssembly.WriteAsync(engine, context, migrations, migrationsPerTable);
        await RunAsync("the writer of scripts", Child.Script, scripts, engine.Nowhere, context);
        await RunAsync("the compiler of migrations", Child.Compile, json, engine.Nowhere, context);
        await ContextAssembly.WriteAsync(engine, compiled, migrations, migrationsPerTable, json);
        return new(context, compiled, scripts);

        string Assembly(string name) => Path.Combine(folder, name, "Generated.dll");
    }

    private static Task<ChildTime> RunAsync(string name, string role, params IEnumerable<string> arguments) =>
        ChildProcess.TimeAsync(ColdChild.Self(name, role, arguments));
}
