using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Benchmarks;

/// <summary>The migrator migrates both databases of RAG Studio.</summary>
internal static class OursRagStudioChild
{
    public static async Task RunAsync(string folder)
    {
        await using var services = new ServiceCollection()
            .AddRagStudioData(options => options.DataDirectory = folder)
            .BuildServiceProvider();
        await services.GetRequiredService<IMigrationManager>().MigrateAsync();
    }
}
