using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A guarded context from an application's services, with and without a registered migrator.</summary>
public sealed class GuardedApplicationTests : GuardedShopTest
{
    [Test]
    public async Task MigrateAsync_takes_over_the_options_and_the_name_that_the_application_gave_the_migrator()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2);
        var backups = Path.Combine(Shop.Folder, "elsewhere");
        var services = new ServiceCollection();
        services
            .AddMigrator(options => options.BackupDirectory = backups)
            .AddSqliteDatabase<ShopContext>("store", $"Data Source={Shop.PathOf("shop")}");
        await using var provider = AddContext(services).BuildServiceProvider();

        await MigrateAsync(provider);

        var manager = provider.GetRequiredService<IMigrationManager>();
        var backup = (await manager.Backups.ListAsync()).Single();
        Assert.That(backup.Databases.Single().Name, Is.EqualTo("store"));
        Assert.That(Directory.GetDirectories(backups), Has.Length.EqualTo(1));
        var history = await manager.GetHistoryAsync();
        Assert.That(history[0].Database, Is.EqualTo("store"));
    }

    [Test]
    public async Task The_manager_of_an_application_migrates_a_context_that_is_guarded_too()
    {
        var services = new ServiceCollection();
        services
            .AddMigrator()
            .AddSqliteDatabase<ShopContext>(
                "shop",
                $"Data Source={Shop.PathOf("shop")}",
                options => options.ConfigureContext = builder => builder.UseGuardedMigrations()
            );
        await using var provider = AddContext(services).BuildServiceProvider();

        var summary = await provider.GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Has.Count.EqualTo(Applied().Count));
        Assert.That(Applied(), Is.Not.Empty);
    }

    [Test]
    public async Task Two_guarded_contexts_of_one_file_keep_apart()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2);
        using var shop = Create(
            new DbContextOptionsBuilder<ShopContext>().UseSqlite(Source()).UseGuardedMigrations("shop")
        );
        using var grown = Create(
            new DbContextOptionsBuilder<NotesContext>()
                .UseSqlite(Source(), sqlite => sqlite.MigrationsHistoryTable("__notes"))
                .UseGuardedMigrations("notes")
        );

        await shop.Database.MigrateAsync();
        await grown.Database.MigrateAsync();

        Assert.That(await shop.Database.GetPendingMigrationsAsync(), Is.Empty);
        Assert.That(await grown.Database.GetPendingMigrationsAsync(), Is.Empty);
        Assert.That(Orders(), Is.EqualTo(2));
        Assert.That(
            Shop.Column("SELECT DISTINCT database FROM __migrator_history ORDER BY 1"),
            Is.EqualTo(new[] { "notes", "shop" })
        );
    }

    private string Source() => $"Data Source={Shop.PathOf("shop")}";

    private IServiceCollection AddContext(IServiceCollection services) =>
        services.AddDbContext<ShopContext>(options => options.UseSqlite(Source()).UseGuardedMigrations());

    private static async Task MigrateAsync(IServiceProvider provider)
    {
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ShopContext>().Database.MigrateAsync();
    }
}
