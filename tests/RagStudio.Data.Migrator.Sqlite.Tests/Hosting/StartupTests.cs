using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator.Sqlite.Tests.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Hosting;

public sealed class StartupTests : ShopTest
{
    [Test]
    public async Task The_migration_ends_before_any_other_hosted_service_starts()
    {
        var service = new LookingService(() => Shop.Column("SELECT MigrationId FROM __EFMigrationsHistory").Count);
        using var host = Host<ShopContext>(services => services.AddSingleton<IHostedService>(service));

        await host.StartAsync();

        Assert.That(service.Seen, Is.EqualTo(4));
        await host.StopAsync();
    }

    [Test]
    public async Task A_failed_migration_stops_the_host_with_its_reason()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var service = new LookingService(() => 1);
        using var host = Host<FailingShopContext>(services => services.AddSingleton<IHostedService>(service));

        var failure = Assert.ThrowsAsync<MigrationFailedException>(() => host.StartAsync());

        Assert.That(failure!.Message, Does.Contain("cause_is_gone"));
        Assert.That(service.Seen, Is.Zero, "no other service was started");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_start_that_does_not_succeed_is_logged_in_one_sentence_and_its_chain_by_the_host_alone(
        bool isRefused
    )
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        if (isRefused)
        {
            Shop.Execute("INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Newer', '10.0.0')");
        }
        using var log = new RecordedLog();
        using var host = Host<FailingShopContext>(services => services.AddLogging(logging => logging.AddProvider(log)));

        var failure = Assert.CatchAsync<MigrationException>(() => host.StartAsync())!;

        var chains = log.Lines.Where(line => line.Text.Contains("   at ", StringComparison.Ordinal)).ToArray();
        var told = log.Lines.Single(line =>
            line.Id.Id == (isRefused ? MigratorEventIds.Refused : MigratorEventIds.RollingBack)
        );
        Assert.That(chains.Select(line => line.Id.Name), Is.EqualTo(new[] { "HostedServiceStartupFaulted" }));
        Assert.That(told.Text, Does.Not.Contain("\n").And.Contain(isRefused ? failure.Message : "cause_is_gone"));
    }

    [Test]
    public async Task Nothing_is_migrated_when_AutoMigrateOnStartup_is_off()
    {
        using var host = Host<ShopContext>(s => s.Configure<MigrationOptions>(o => o.AutoMigrateOnStartup = false));

        await host.StartAsync();

        Assert.That(File.Exists(Shop.PathOf("shop")), Is.False);
        await host.StopAsync();
    }

    [Test]
    public async Task Two_hosts_that_start_at_once_both_come_up()
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        using var first = Host<ShopContext>(_ => { });
        using var second = Host<ShopContext>(_ => { });

        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(500));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM __EFMigrationsHistory"), Is.EqualTo(4));
        Assert.That(Directory.GetDirectories(Shop.Backups), Has.Length.EqualTo(1));
        await Task.WhenAll(first.StopAsync(), second.StopAsync());
    }

    [Test]
    public async Task Two_processes_of_an_application_that_start_at_once_both_come_up_and_one_migrates()
    {
        await Shop.CreateFirstReleaseAsync(orders: 500);
        using var first = HostProcess.Start("start", Shop.Folder, "Migrate");
        using var second = HostProcess.Start("start", Shop.Folder, "Migrate");
        using var waiting = HostProcess.Start("start", Shop.Folder, "Wait");

        HostExit[] exits = [first.WaitForExit(), second.WaitForExit(), waiting.WaitForExit()];

        Assert.That(exits.Select(exit => (exit.Code, exit.Error)), Is.All.EqualTo((0, "")));
        Assert.That(exits.Select(exit => exit.Points[^1]), Is.All.EqualTo("started: UpToDate Succeeded"));
        Assert.That(exits.Count(exit => exit.Points.Contains("Apply")), Is.EqualTo(1));
        Assert.That(exits[2].Points, Does.Not.Contain("Apply"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(500));
        Assert.That(Directory.GetDirectories(Shop.Backups), Has.Length.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task A_process_that_starts_while_another_migrates_waits_for_it_and_comes_up()
    {
        await Shop.CreateFirstReleaseAsync(orders: 50);
        using var first = HostProcess.Start("start", Shop.Folder, "Migrate");
        Assert.That(first.WaitFor("BackUp"), "the first holds the database");
        first.Suspend();
        using var second = HostProcess.Start("start", Shop.Folder, "Migrate");
        Assert.That(second.WaitFor("Lock"), "the second wants it too");
        Assert.That(second.HasExited, Is.False);
        Assert.That(second.Points, Does.Not.Contain("Plan"), "it waits");
        first.Resume();

        HostExit[] exits = [first.WaitForExit(), second.WaitForExit()];

        Assert.That(exits.Select(exit => (exit.Code, exit.Error)), Is.All.EqualTo((0, "")));
        Assert.That(exits.Select(exit => exit.Points[^1]), Is.All.EqualTo("started: UpToDate Succeeded"));
        Assert.That(exits[0].Points, Does.Contain("Apply"));
        Assert.That(exits[1].Points, Does.Not.Contain("Apply"));
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(50));
    }

    [Test]
    public async Task A_process_that_verifies_only_says_what_is_pending_and_changes_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 5);
        var before = Shop.Dump();
        using var process = HostProcess.Start("start", Shop.Folder, "VerifyOnly");

        var exit = process.WaitForExit();

        Assert.That(exit.Code, Is.EqualTo(1));
        Assert.That(exit.Error, Does.Contain("NotUpToDateException").And.Contain("3 pending"));
        Assert.That(Shop.Dump(), Is.EqualTo(before));
    }

    [Test]
    public void An_option_out_of_range_stops_the_host_and_is_named()
    {
        using var host = Host<ShopContext>(s => s.Configure<MigrationOptions>(o => o.MigrationTimeout = TimeSpan.Zero));

        var failure = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.That(failure!.Message, Does.Contain(nameof(MigrationOptions.MigrationTimeout)));
        Assert.That(File.Exists(Shop.PathOf("shop")), Is.False);
    }

    private IHost Host<TContext>(Action<IServiceCollection> services)
        where TContext : Microsoft.EntityFrameworkCore.DbContext
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        // Registered before the migrator: the order of registration must not matter.
        services(builder.Services);
        builder
            .Services.AddMigrator()
            .AddSqliteDatabase<TContext>("shop", $"Data Source={Shop.PathOf("shop")}")
            .MigrateOnStartup();
        return builder.Build();
    }

    private sealed class LookingService(Func<int> look) : IHostedService
    {
        public int Seen { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Seen = look();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
