using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Benchmarks;

/// <summary>Writes the file that <c>ragstudio-db compile</c> writes for a generated context.</summary>
internal static class CompileChild
{
    public static async Task RunAsync(string file, string connectionString, string assembly)
    {
        await using var services = OursGeneratedChild.Services(connectionString, assembly).BuildServiceProvider();
        var compiled = services.GetRequiredService<MigrationSet>().Databases.Single().Compile();
        await File.WriteAllBytesAsync(file, compiled.ToJson());
    }
}
