using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>Tests what EF does besides applying migrations: seeding, and the check of the model.</summary>
public sealed class GuardedSeedingTests : GuardedShopTest
{
    private const string Seed = "INSERT INTO orders (customer) VALUES ('seeded')";

    [TestCase(true)]
    [TestCase(false)]
    public async Task MigrateAsync_seeds_as_EF_does_with_and_without_pending_migrations(bool seedsAsync)
    {
        using var context = Create(Seeding(seedsAsync));

        await context.Database.MigrateAsync();
        Assert.That(Orders(), Is.EqualTo(1), "with pending migrations");

        await context.Database.MigrateAsync();
        Assert.That(Orders(), Is.EqualTo(2), "with none");
    }

    [Test]
    public async Task A_manager_seeds_with_a_seeder_that_is_only_synchronous()
    {
        var manager = Shop.Manager(
            null,
            migrator =>
                migrator.AddSqliteDatabase<ShopContext>(
                    "shop",
                    $"Data Source={Shop.PathOf("shop")}",
                    options => options.ConfigureContext = builder => builder.UseSeeding(Insert)
                )
        );

        await manager.MigrateAsync();

        Assert.That(Orders(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_seeder_that_fails_fails_the_run_which_is_undone()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2);
        var before = Shop.Dump();
        using var context = Create(
            Options<ShopContext>().UseAsyncSeeding((_, _, _) => throw new InvalidOperationException("no seeds"))
        );

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => context.Database.MigrateAsync());

        Assert.That(failure.Message, Does.Contain("no seeds"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_model_that_lacks_a_migration_is_told_before_anything_is_done()
    {
        await Shop.CreateFirstReleaseAsync(orders: 2);
        var before = Shop.Files();
        using var context = Create(Options<GrownContext>());

        var failure = Assert.ThrowsAsync<InvalidOperationException>(() => context.Database.MigrateAsync());

        Assert.That(failure.Message, Does.Contain("PendingModelChangesWarning"));
        Assert.That(Shop.Files(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_model_that_lacks_a_migration_passes_where_the_application_ignores_that()
    {
        using var context = Create(
            Options<GrownContext>()
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        );

        await context.Database.MigrateAsync();

        Assert.That(Applied(), Is.EqualTo(new[] { GrownCreate.Version }));
    }

    private DbContextOptionsBuilder<ShopContext> Seeding(bool seedsAsync) =>
        seedsAsync
            ? Options<ShopContext>()
                .UseAsyncSeeding((context, _, token) => context.Database.ExecuteSqlRawAsync(Seed, token))
            : Options<ShopContext>().UseSeeding(Insert);

    private static void Insert(DbContext context, bool performedStoreOperation) => context.Database.ExecuteSqlRaw(Seed);
}
