using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Benchmarks;

/// <summary>EF Core alone migrates both databases of RAG Studio.</summary>
internal static class EFRagStudioChild
{
    public static async Task RunAsync(string folder)
    {
        await using var appMeta = new AppMetaContext(Options<AppMetaContext>(folder, "app_meta.db"));
        await appMeta.Database.MigrateAsync();
        await using var events = new EventsContext(Options<EventsContext>(folder, "events.db"));
        await events.Database.MigrateAsync();
    }

    public static DbContextOptions<TContext> Options<TContext>(string folder, string file)
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseSqlite(ChildDatabases.ConnectionString(Path.Combine(folder, file)))
            .Options;
}
