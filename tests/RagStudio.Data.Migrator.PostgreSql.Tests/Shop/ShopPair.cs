using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>The two databases of the program that is killed, at its old release.</summary>
public sealed class ShopPair : IAsyncDisposable
{
    private const int Migrations = 3;

    private ShopPair(ShopDatabase first, ShopDatabase second) => (First, Second) = (first, second);

    public ShopDatabase First { get; }

    public ShopDatabase Second { get; }

    public static async Task<ShopPair> CreateAsync(PostgresServer? first = null, PostgresServer? second = null)
    {
        var pair = new ShopPair(await ShopDatabase.CreateAsync(first), await ShopDatabase.CreateAsync(second ?? first));
        await pair.Manager(HostRelease.Old).MigrateAsync();
        return pair;
    }

    /// <summary>A pair like this one, to be disposed before it. No migrator of this one may be at work.</summary>
    public async Task<ShopPair> CopyAsync() => new(await First.CopyAsync(), await Second.CopyAsync());

    public IMigrationManager Manager(string release) =>
        Manager(release, First.Database.ConnectionString, Second.Database.ConnectionString);

    public IMigrationManager Manager(
        string release,
        string first,
        string second,
        Action<PostgreSqlDatabaseOptions>? options = null
    ) => Services(release, first, second, options).GetRequiredService<IMigrationManager>();

    private IServiceProvider Services(
        string release,
        string first,
        string second,
        Action<PostgreSqlDatabaseOptions>? options = null
    ) => First.Services(migrator => HostRelease.Add(migrator, release, [first, second], options));

    /// <summary>True if both are migrated, false if neither is; a test fails over anything else.</summary>
    public async Task<bool> IsMigratedAsync()
    {
        var (first, second) = (await First.AppliedAsync(), await Second.AppliedAsync());
        Assert.That((first.Length, second.Length), Is.EqualTo((Migrations, 2)).Or.EqualTo((1, 1)), "both or none");
        var isMigrated = first.Length == Migrations;
        Assert.That(await ColumnsAsync(First, "total"), Is.EqualTo(isMigrated ? 1 : 0));
        Assert.That(await ColumnsAsync(Second, "pieces"), Is.EqualTo(isMigrated ? 1 : 0));
        return isMigrated;
    }

    /// <summary>Demands that everything is there once, and that nothing else is left.</summary>
    public async Task DemandWholeAsync()
    {
        Assert.That(await IsMigratedAsync(), Is.True);
        Assert.That(await First.CountAsync("orders WHERE total = 1"), Is.EqualTo(HostRelease.Orders));
        Assert.That(await Second.CountAsync("stock WHERE pieces = 1"), Is.EqualTo(HostRelease.Pieces));
        Assert.That(await First.CountAsync("pg_index WHERE NOT indisvalid OR NOT indisready"), Is.Zero);
        Assert.That(await First.CountAsync("pg_class WHERE relname = 'ux_orders_name'"), Is.EqualTo(1));
        foreach (var shop in new[] { First, Second })
        {
            Assert.That(await PreparedAsync(shop), Is.Zero);
            Assert.That(await LocksAsync(shop), Is.Zero);
            Assert.That(await shop.CountAsync("__migrator_runs WHERE statements <> '{}'"), Is.Zero);
        }
        var services = Services(HostRelease.New, First.Database.ConnectionString, Second.Database.ConnectionString);
        var status = await services.GetRequiredService<IMigrationManager>().GetStatusAsync();
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.UpToDate));
        var validated = await services.GetRequiredService<DataValidator>().ValidateAsync();
        Assert.That(validated.Reports.SelectMany(report => report.Errors), Is.Empty);
    }

    public static Task<long> PreparedAsync(ShopDatabase shop) =>
        shop.CountAsync("pg_prepared_xacts WHERE database = current_database()");

    public static Task<long> LocksAsync(ShopDatabase shop) =>
        shop.CountAsync(
            "pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    private static Task<long> ColumnsAsync(ShopDatabase shop, string column) =>
        shop.CountAsync($"pg_attribute WHERE attname = '{column}' AND attrelid > 16383 AND NOT attisdropped");
}
