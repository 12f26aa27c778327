using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>Does what the policy says in <see cref="StartingAsync"/>, which the host finishes before any service's StartAsync.</summary>
internal sealed class StartupMigration(
    IMigrationManager manager,
    MigrationMonitor monitor,
    StartupVerification verification,
    IOptions<MigrationOptions> options
) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        options.Value.EffectiveStartupPolicy switch
        {
            StartupPolicy.Migrate => manager.MigrateAsync(cancellationToken: cancellationToken),
            StartupPolicy.Wait => Watched(() => verification.WaitAsync(cancellationToken)),
            StartupPolicy.VerifyOnly => Watched(() => verification.VerifyAsync(cancellationToken)),
            _ => Task.CompletedTask,
        };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A window is to show why the application does not start, whatever the policy is.</summary>
    private Task<MigrationStatus> Watched(Func<Task<MigrationStatus>> verify) =>
        monitor.WatchAsync(RunActivity.Migrate, verify);
}
