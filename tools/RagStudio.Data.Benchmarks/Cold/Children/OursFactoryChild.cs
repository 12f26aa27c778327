namespace RagStudio.Data.Benchmarks;

/// <summary>The migrator, without a container, migrates both databases of RAG Studio.</summary>
internal static class OursFactoryChild
{
    public static Task RunAsync(string folder) =>
        RagStudioMigrator.Create(new RagStudioDataOptions { DataDirectory = folder }).MigrateAsync();
}
