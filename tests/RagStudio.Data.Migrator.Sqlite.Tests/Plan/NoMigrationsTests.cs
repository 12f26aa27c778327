using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RagStudio.Data.Migrator.Sqlite.Tests.Apply;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Plan;

/// <summary>A program that has lost its migrations, as a trimmed one does.</summary>
public sealed class NoMigrationsTests : ShopTest
{
    [Test]
    public void Nothing_is_made_of_a_database_without_migrations()
    {
        var manager = Shop.Manager<LostContext>();

        Assert.Multiple(() =>
        {
            foreach (var ask in Questions(manager))
            {
                Assert.That(
                    ask,
                    Throws
                        .TypeOf<NoMigrationsException>()
                        .With.Property("Database")
                        .EqualTo("shop")
                        .And.Message.Contains("TrimmerRootAssembly")
                        .And.Message.Contains("MigrationsAssembly")
                );
            }
            Assert.That(Directory.EnumerateFileSystemEntries(Shop.Folder), Is.Empty);
        });
    }

    [Test]
    public async Task An_existing_database_is_not_called_newer()
    {
        await Shop.Manager<StepsContext>().MigrateAsync();
        var before = Shop.Dump();
        var manager = Shop.Manager<LostContext>();

        Assert.Multiple(() =>
        {
            foreach (var ask in Questions(manager))
            {
                Assert.That(ask, Throws.TypeOf<NoMigrationsException>());
            }
            Assert.That(Shop.Dump(), Is.EqualTo(before));
        });
    }

    [TestCase(StartupPolicy.Migrate)]
    [TestCase(StartupPolicy.VerifyOnly)]
    [TestCase(StartupPolicy.Wait)]
    public void The_host_does_not_start_without_tables(StartupPolicy policy)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder
            .Services.AddMigrator(options => options.StartupPolicy = policy)
            .AddSqliteDatabase<LostContext>("shop", $"Data Source={Shop.PathOf("shop")}")
            .MigrateOnStartup();
        using var host = builder.Build();

        Assert.That(async () => await host.StartAsync(), Throws.TypeOf<NoMigrationsException>());
    }

    private static IEnumerable<Func<Task>> Questions(IMigrationManager manager) =>
        [
            () => manager.MigrateAsync(),
            () => manager.MigrateToVersionAsync(FirstStep.Version),
            () => manager.GetStatusAsync(),
            () => manager.PlanAsync(),
            () => manager.RollbackToVersionAsync("0"),
            () => manager.PlanRollbackAsync("0"),
            () => manager.AcceptAsync(FirstStep.Version, "none"),
        ];

    /// <summary>There are no migrations for it.</summary>
    private sealed class LostContext(DbContextOptions options) : DbContext(options);
}
