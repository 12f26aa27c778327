using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Applies the start-up policy in <see cref="StartingAsync"/>, which the host completes before any service's
/// StartAsync.
/// </summary>
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
            StartupPolicy.Migrate => Startup.MigrateAsync(manager, options.Value, cancellationToken),
            StartupPolicy.Wait => Watched(() => verification.WaitAsync(cancellationToken)),
            StartupPolicy.VerifyOnly => Watched(() => verification.VerifyAsync(cancellationToken)),
            _ => Task.CompletedTask,
        };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Reports to the monitor under every policy, so a window can show why the application does not start.
    /// </summary>
    private Task<MigrationStatus> Watched(Func<Task<MigrationStatus>> verify) =>
        monitor.WatchAsync(RunActivity.Migrate, verify);
}
