using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.CrashHost;

/// <summary>An application that uses only EF, except for one call in its context's options.</summary>
internal static class GuardedApplication
{
    public static async Task MigrateAsync(string folder, string killAt)
    {
        var points = new CrashPoint(killAt, Console.WriteLine);
        RunPoints.Watch(name => points.Reach(name));
        var services = new ServiceCollection();
        services.AddSingleton<IProgress<MigrationProgress>>(points);
        services.AddDbContext<ShopContext>(options =>
            options.UseSqlite($"Data Source={new Shop(folder).PathOf("shop")}").UseGuardedMigrations()
        );
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.MigrateAsync();
    }
}
