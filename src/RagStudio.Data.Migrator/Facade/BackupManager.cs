using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Starts the operations that change the backup folder, and reads the folder directly for the others. See
/// <see cref="IBackupManager"/>.
/// </summary>
internal sealed class BackupManager(MigratorServices services, WatchedRuns runs) : IBackupManager
{
    private readonly KeptSets _kept = new(services.Set);

    public Task<BackupSet?> CreateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => runs.RunAsync(new BackUpOperation(NewRun(progress)), cancellationToken);

    public async Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken = default)
    {
        var copied = services.Options.RestoreSetsOfOtherDatabases
            ? services.Backups.ListAsync(cancellationToken)
            : services.Backups.ListOwnAsync(cancellationToken);
        return await _kept.JoinAsync(await copied.ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    public Task<IReadOnlyList<UnreadableBackup>> ListUnreadableAsync(CancellationToken cancellationToken = default) =>
        services.Backups.ListUnreadableAsync(cancellationToken);

    public async Task<IReadOnlyList<BackupVerification>> VerifyAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var backups = await services.Backups.ListOwnAsync(cancellationToken).ConfigureAwait(false);
        var limits = new WorkLimits(services.Options.BackupTimeout, cancellationToken);
        var copied = await Verifier(progress).VerifyAsync(backups, limits).ConfigureAwait(false);
        var kept = await _kept.VerifyAsync(limits).ConfigureAwait(false);
        return [.. copied.Concat(kept).OrderByDescending(one => one.Backup.Id, StringComparer.Ordinal)];
    }

    public async Task<BackupVerification> VerifyAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(backupId);
        var limits = new WorkLimits(services.Options.BackupTimeout, cancellationToken);
        var backups = await services.Backups.ListOwnAsync(cancellationToken).ConfigureAwait(false);
        if (backups.FirstOrDefault(IsMeant) is { } backup)
        {
            return (await Verifier(progress).VerifyAsync([backup], limits).ConfigureAwait(false))[0];
        }
        var kept = await _kept.VerifyAsync(limits).ConfigureAwait(false);
        return kept.FirstOrDefault(one => IsMeant(one.Backup))
            ?? throw new BackupNotFoundException(backupId, services.Backups.Folder);

        bool IsMeant(BackupSet set) => string.Equals(set.Id, backupId, StringComparison.OrdinalIgnoreCase);
    }

    private BackupVerifier Verifier(IProgress<MigrationProgress>? progress) =>
        new(services.Set, services.Backups, services.Backups.Match, progress);

    public Task<IReadOnlyList<BackupSet>> PruneAsync(CancellationToken cancellationToken = default) =>
        runs.RunAsync(new PruneOperation(NewRun(progress: null)), cancellationToken);

    private MigrationRun NewRun(IProgress<MigrationProgress>? progress) =>
        new(RunActivity.BackUp, services, runs.Join(progress));
}
