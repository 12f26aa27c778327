using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace RagStudio.Data.Migrator;

/// <summary>Migrates in <see cref="StartingAsync"/>, which the host finishes before any service's StartAsync.</summary>
internal sealed class StartupMigration(IMigrationManager manager, IOptions<MigrationOptions> options)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        options.Value.AutoMigrateOnStartup
            ? manager.MigrateAsync(cancellationToken: cancellationToken)
            : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
