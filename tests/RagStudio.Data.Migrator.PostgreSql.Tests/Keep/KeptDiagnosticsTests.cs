using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>What health checks and telemetry tell of a database on a server, and of what is kept in it.</summary>
public sealed class KeptDiagnosticsTests
{
    [Test]
    public async Task Health_and_telemetry_tell_what_is_kept_returned_and_removed()
    {
        await using var shop = await ShopDatabase.CreateAsync();
        using var telemetry = new DroppedDataListener(shop.Database.Name);
        await shop.Manager<FirstShop>().MigrateAsync();
        await using var pending = Program<WithoutOrders>(shop);
        Assert.That((await HealthAsync(pending)).Data["state"], Is.EqualTo("pending"));
        Assert.That((await HealthAsync(pending)).Data["kept.sets"], Is.Zero);
        var manager = pending.GetRequiredService<IMigrationManager>();

        await manager.MigrateAsync();
        var kept = await HealthAsync(pending);
        for (var round = 0; round < 3; round++)
        {
            await manager.RollbackToVersionAsync(CreateOrders.Version);
            await manager.MigrateAsync();
        }

        Assert.That(kept.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(kept.Data["state"], Is.EqualTo("upToDate"));
        Assert.That(kept.Data[$"{shop.Database.Name}.version"], Is.EqualTo(RemoveOrders.Version));
        Assert.That(kept.Data["kept.sets"], Is.EqualTo(1));
        Assert.That(kept.Data["kept.bytes"], Is.GreaterThan(0L));
        // Of four sets, the two newest stay, and the first one before the same migration.
        Assert.That((await HealthAsync(pending)).Data["kept.sets"], Is.EqualTo(3));
        Assert.That(telemetry.Sum(MigratorDiagnostics.DroppedData, "Kept"), Is.EqualTo(4));
        Assert.That(telemetry.Sum(MigratorDiagnostics.DroppedData, "Returned"), Is.EqualTo(3));
        Assert.That(telemetry.Sum(MigratorDiagnostics.DroppedData, "Removed"), Is.EqualTo(1));
        var bytes = telemetry.Sum(MigratorDiagnostics.DroppedDataSize, "Kept");
        Assert.That(bytes, Is.EqualTo(4 * (long)kept.Data["kept.bytes"]));
        Assert.That(telemetry.Sum(MigratorDiagnostics.DroppedDataSize, "Removed"), Is.EqualTo(bytes / 4));

        await shop.Database.ExecuteAsync("INSERT INTO __migrator_runs VALUES ('killed', now(), ARRAY['0:VACUUM'])");
        Assert.That((await HealthAsync(pending)).Data["state"], Is.EqualTo("interrupted"));
        await manager.RecoverAsync();
        await shop.Database.ExecuteAsync(
            $"INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Later', '10.0.0')"
        );
        Assert.That((await HealthAsync(pending)).Data["state"], Is.EqualTo("newer"));
    }

    [Test]
    public async Task Health_of_a_server_that_cannot_be_reached_is_unusable()
    {
        await using var program = Program<FirstShop>("Host=127.0.0.1;Port=1;Database=shop;Username=shop", "shop");

        var health = await HealthAsync(program);

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Data["state"], Is.EqualTo("unusable"));
        Assert.That(health.Description, Does.Contain("127.0.0.1:1/shop"));
    }

    private static ServiceProvider Program<TContext>(ShopDatabase shop)
        where TContext : DbContext => Program<TContext>(shop.Database.ConnectionString, shop.Database.Name);

    private static ServiceProvider Program<TContext>(string connectionString, string name)
        where TContext : DbContext
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services
            .AddMigrator(options => (options.AllowDestructive, options.BackupsToKeep) = (true, 2))
            .AddPostgreSqlDatabase<TContext>(name, connectionString);
        services.AddHealthChecks().AddMigrationCheck();
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> HealthAsync(ServiceProvider program) =>
        (await program.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["migrations"];

    /// <summary>Adds what the migrator measures of one database, in one process with other tests.</summary>
    private sealed class DroppedDataListener : IDisposable
    {
        private readonly MeterListener _meter = new();
        private readonly ConcurrentDictionary<(string Instrument, string Fate), long> _sums = [];

        public DroppedDataListener(string database)
        {
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MigratorDiagnostics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meter.SetMeasurementEventCallback<long>(
                (instrument, value, tags, _) =>
                {
                    var given = new Dictionary<string, object?>(tags.ToArray());
                    if (
                        Equals(given[MigratorDiagnostics.NamespaceTag], database)
                        && given.TryGetValue(MigratorDiagnostics.FateTag, out var fate)
                    )
                    {
                        Assert.That(given[MigratorDiagnostics.SystemTag], Is.EqualTo("postgresql"));
                        _sums.AddOrUpdate((instrument.Name, (string)fate!), value, (_, sum) => sum + value);
                    }
                }
            );
            _meter.Start();
        }

        public long Sum(string instrument, string fate) => _sums.GetValueOrDefault((instrument, fate));

        public void Dispose() => _meter.Dispose();
    }
}
