using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Hosting;

public sealed class RegisteredContextTests : ShopTest
{
    private string ConnectionString => $"Data Source={Shop.PathOf("shop")}";

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_database_without_a_connection_string_is_that_of_the_registered_context(bool byFactory)
    {
        var services = new ServiceCollection();
        void Configure(DbContextOptionsBuilder options) =>
            options.UseSqlite(ConnectionString, sqlite => sqlite.MigrationsHistoryTable("my_history"));
        _ = byFactory
            ? services.AddPooledDbContextFactory<ShopContext>(Configure)
            : services.AddDbContext<ShopContext>(Configure);
        services.AddMigrator().AddSqliteDatabase<ShopContext>("shop");
        await using var provider = services.BuildServiceProvider(validateScopes: true);

        var summary = await provider.GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(summary.Databases.Single().Migrations, Is.Not.Empty);
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM my_history"), Is.GreaterThan(0));
        using var scope = provider.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<ShopContext>();
        Assert.That(await context.Database.GetPendingMigrationsAsync(), Is.Empty);
    }

    [TestCase("", "it is not registered")]
    [TestCase("memory", "names no file")]
    [TestCase("other", "which uses Microsoft.EntityFrameworkCore.InMemory")]
    public void A_context_that_names_no_file_of_SQLite_is_refused_with_what_to_do(string registered, string reason)
    {
        var services = new ServiceCollection();
        if (registered.Length > 0)
        {
            services.AddDbContext<ShopContext>(options =>
                _ =
                    registered == "memory"
                        ? options.UseSqlite("Data Source=:memory:")
                        : options.UseInMemoryDatabase("shop")
            );
        }
        services.AddMigrator().AddSqliteDatabase<ShopContext>("shop");
        using var provider = services.BuildServiceProvider();

        Assert.That(
            () => provider.GetRequiredService<IMigrationManager>(),
            Throws
                .InvalidOperationException.With.Message.Contains(reason)
                .And.Message.Contains("AddSqliteDatabase<ShopContext>(\"shop\", \"Data Source=FILE\")")
        );
    }
}
