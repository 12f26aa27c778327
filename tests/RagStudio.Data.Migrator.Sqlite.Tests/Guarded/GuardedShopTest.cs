using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Guarded;

/// <summary>A test of EF's own ways to migrate, on a shop with guarded contexts.</summary>
public abstract class GuardedShopTest : ShopTest
{
    protected DbContextOptionsBuilder<TContext> Options<TContext>(Action<MigrationOptions>? configure = null)
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>()
            .UseSqlite($"Data Source={Shop.PathOf("shop")}")
            .UseGuardedMigrations(configure: configure);

    protected TContext Guarded<TContext>(Action<MigrationOptions>? configure = null)
        where TContext : DbContext => Create(Options<TContext>(configure));

    protected static TContext Create<TContext>(DbContextOptionsBuilder<TContext> builder)
        where TContext : DbContext =>
        (TContext)
            Activator.CreateInstance(
                typeof(TContext),
                BindingFlags.DoNotWrapExceptions | BindingFlags.Public | BindingFlags.Instance,
                binder: null,
                [builder.Options],
                culture: null
            )!;

    protected IReadOnlyList<string> Applied() =>
        Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory ORDER BY 1");

    protected long Orders() => Shop.Scalar<long>("SELECT count(*) FROM orders");
}
