namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Writes a context's migrations as an assembly of scripts. It runs in its own process, because a process can
/// load only one assembly of that name.
/// </summary>
internal static class ScriptChild
{
    public static async Task RunAsync(string scripts, string connectionString, string assembly)
    {
        await using var context = EFGeneratedChild.Create(connectionString, assembly);
        await ScriptAssembly.WriteAsync(scripts, MigrationScripts.Of(context));
    }
}
