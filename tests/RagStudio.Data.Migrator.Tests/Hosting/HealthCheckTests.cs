using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests.Hosting;

internal sealed class HealthCheckTests : FakeSetTest
{
    [Test]
    public async Task Databases_that_are_up_to_date_are_healthy_and_told_with_their_versions()
    {
        await using var services = Use(Set.Database("shop"), Set.Database("archive"));

        var entry = await CheckAsync(services);

        Assert.Multiple(() =>
        {
            Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(entry.Data["state"], Is.EqualTo("upToDate"));
            Assert.That(entry.Data["verdict"], Is.EqualTo("upToDate"));
            Assert.That(entry.Data["shop.version"], Is.EqualTo("1"));
            Assert.That(entry.Data["archive.pending"], Is.Zero);
        });
    }

    [Test]
    public async Task Work_that_a_run_has_left_in_a_storage_is_an_interrupted_run()
    {
        await using var services = Use(Set.Database("shop"), Set.Database("archive"));
        Set.Server.Prepare("fake://shop", Set.Storage("shop").Read().ToJson(), "fake://archive");

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Data["state"], Is.EqualTo("interrupted"));
    }

    [TestCase(HealthStatus.Degraded)]
    [TestCase(HealthStatus.Unhealthy)]
    public async Task Pending_migrations_are_what_the_application_says(HealthStatus pending)
    {
        await using var services = Set.Services(
            _ => { },
            s => s.AddHealthChecks().AddMigrationCheck(pending: pending),
            Succeeding
        );

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(pending));
        Assert.That(entry.Data["state"], Is.EqualTo("pending"));
        Assert.That(entry.Data["pending"], Is.EqualTo(2));
        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_run_of_this_process_is_degraded_from_its_begin_to_its_end()
    {
        ServiceProvider services = null!;
        var seen = new List<HealthReportEntry>();
        var look = FakeMigration.Of("2", _ => seen.Add(CheckAsync(services).GetAwaiter().GetResult()));
        services = Use(Set.Database("shop"), Set.Database("archive", look));
        await using var _ = services;

        await services.GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(seen.Select(entry => entry.Data["state"]), Is.EqualTo(new[] { "running" }));
        Assert.That(seen[0].Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That((await CheckAsync(services)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task A_database_that_another_process_holds_is_degraded_and_never_unhealthy()
    {
        await using var services = Use(Succeeding);
        await using var held = await Set.Storage("archive")
            .OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, default);

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(entry.Data["state"], Is.EqualTo("running"));
    }

    [Test]
    public async Task A_failed_migration_is_unhealthy_with_its_reason_until_another_process_has_mended_it()
    {
        await using var services = Use(Set.Database("shop", AddTwo), Set.Database("archive", FailTwo));
        var failure = Assert.ThrowsAsync<MigrationFailedException>(() =>
            services.GetRequiredService<IMigrationManager>().MigrateAsync()
        );

        var failed = await CheckAsync(services);
        await Set.Manager(Succeeding).MigrateAsync();
        var mended = await CheckAsync(services);

        Assert.Multiple(() =>
        {
            Assert.That(failed.Status, Is.EqualTo(HealthStatus.Unhealthy));
            Assert.That(failed.Data["state"], Is.EqualTo("failed"));
            Assert.That(failed.Exception, Is.SameAs(failure));
            Assert.That(failed.Description, Does.Contain("It broke."));
            Assert.That(mended.Status, Is.EqualTo(HealthStatus.Healthy));
        });
    }

    [Test]
    public async Task A_restore_of_no_backup_says_nothing_of_the_databases()
    {
        await using var services = Use(Set.Database("shop"), Set.Database("archive"));
        Assert.ThrowsAsync<BackupNotFoundException>(() =>
            services.GetRequiredService<IMigrationManager>().RestoreAsync("none")
        );

        Assert.That((await CheckAsync(services)).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [TestCase(null, null, HealthStatus.Unhealthy)]
    [TestCase(HealthStatus.Degraded, null, HealthStatus.Degraded)]
    [TestCase(null, HealthStatus.Degraded, HealthStatus.Degraded)]
    [TestCase(HealthStatus.Degraded, HealthStatus.Unhealthy, HealthStatus.Unhealthy)]
    public async Task A_newer_database_is_what_the_application_says(
        HealthStatus? failure,
        HealthStatus? newer,
        HealthStatus expected
    )
    {
        await Set.Manager(Succeeding).MigrateAsync();
        await using var services = Set.Services(
            _ => { },
            s => s.AddHealthChecks().AddMigrationCheck(failureStatus: failure, newer: newer),
            Set.Database("shop"),
            Set.Database("archive")
        );

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(expected));
        Assert.That(entry.Data["state"], Is.EqualTo("newer"));
    }

    [Test]
    public async Task A_migration_out_of_order_is_unhealthy()
    {
        await using var services = Use(Set.Database("shop", FakeSet.AddRow("0", "zero")), Set.Database("archive"));

        Assert.That((await CheckAsync(services)).Data["state"], Is.EqualTo("outOfOrder"));
    }

    [Test]
    public async Task A_schema_that_somebody_changed_is_degraded()
    {
        var content = Set.Storage("shop").Read();
        content.Tables.Remove("rows");
        Set.Storage("shop").Write(content);
        await using var services = Use(Set.Database("shop"), Set.Database("archive"));

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(entry.Data["state"], Is.EqualTo("drifted"));
    }

    [Test]
    public async Task An_interrupted_run_is_unhealthy()
    {
        Calls.Fail("restore archive", new IOException("The disk is gone."));
        Assert.ThrowsAsync<RollbackFailedException>(() => Set.Manager(FailingSecond).MigrateAsync());
        await using var services = Use(Succeeding);

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Data["state"], Is.EqualTo("interrupted"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_unhealthy()
    {
        Set.Storage("shop").Spoil();
        await using var services = Use(Succeeding);

        var entry = await CheckAsync(services);

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(entry.Data["state"], Is.EqualTo("unusable"));
    }

    private ServiceProvider Use(params FakeDatabase[] databases) =>
        Set.Services(_ => { }, services => services.AddHealthChecks().AddMigrationCheck(), databases);

    private static async Task<HealthReportEntry> CheckAsync(IServiceProvider services)
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["migrations"];
    }
}
