using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Guarded;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A run of a set creates no context if it knows that the context's options add nothing to it.</summary>
public sealed class GuardedOptionsTests
{
    [Test]
    public void UseGuardedMigrations_adds_nothing_to_a_run()
    {
        var contexts = Contexts(builder => builder.UseGuardedMigrations("shop", migration => migration.DryRun = true));

        Assert.That(contexts.AlwaysUseContext, Is.False);
        Assert.That(contexts.MayChangeHistory, Is.False);
    }

    [Test]
    public void Options_that_observe_commands_or_move_the_history_are_noticed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Contexts(Observe).AlwaysUseContext, Is.True);
            Assert.That(Contexts(Observe).MayChangeHistory, Is.False);
            Assert.That(Contexts(Limit).AlwaysUseContext, Is.True);
            Assert.That(Contexts(Move).MayChangeHistory, Is.True);
        });

        static void Observe(DbContextOptionsBuilder builder) => builder.AddInterceptors(new Nothing());
        static void Limit(DbContextOptionsBuilder builder) => builder.UseSqlite(sqlite => sqlite.CommandTimeout(1));
        static void Move(DbContextOptionsBuilder builder) =>
            builder.UseSqlite(sqlite => sqlite.MigrationsHistoryTable("elsewhere"));
    }

    private static NewContexts<ShopContext> Contexts(Action<DbContextOptionsBuilder> configure) =>
        new(
            SqliteProvider.Instance,
            new SqliteDatabaseOptions { ConfigureContext = configure },
            new ServiceCollection().BuildServiceProvider()
        );

    private sealed class Nothing : DbCommandInterceptor;
}
