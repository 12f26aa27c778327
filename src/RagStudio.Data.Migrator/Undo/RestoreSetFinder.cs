using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>Finds the set to restore, or refuses it before anything is changed.</summary>
internal sealed class RestoreSetFinder(LockedSet locked)
{
    private readonly MigrationOptions _options = locked.Run.Options;
    private readonly MigrationSet _set = locked.Run.Set;
    private readonly BackupStore _backups = locked.Run.Backups;

    /// <summary>Finds the databases that a set's copies belong to.</summary>
    public BackupMatch Match { get; } =
        new(locked.Run.Set, locked.Run.Backups.Folder, locked.Run.Options.RestoreSetsOfOtherDatabases);

    public async Task<BackupSet> FindAsync(string backupId, CancellationToken cancellationToken)
    {
        locked.Run.Report(new MigrationProgress(MigrationPhase.Plan, Check: backupId));
        var limits = new WorkLimits(_options.BackupTimeout, cancellationToken);
        var backup =
            await _backups.FindAsync(backupId, limits.Token).ConfigureAwait(false)
            ?? throw await MissingAsync(backupId, limits.Token).ConfigureAwait(false);
        if (!Match.Concerns(backup))
        {
            throw OfOther(backup, _set.Storages[0]);
        }
        if (_set.Databases.FirstOrDefault(database => HasElsewhere(backup, database)) is { } moved)
        {
            throw new PlanRefusedException(
                moved.Name,
                [],
                $"The backup '{backup.Id}' was made when '{moved.Name}' was in another file than '{moved.Storage.DisplayName}'. Move it back first, then restore: 'ragstudio-db split' and 'join' do that for RAG Studio."
            );
        }
        if (_set.Databases.FirstOrDefault(database => Lacks(backup, database)) is { } missing)
        {
            throw new BackupFailedException(_backups.PathOf(backup.Id), $"it has no database '{missing.Name}'");
        }
        await _backups.ExpandAsync(backup, limits.Token).ConfigureAwait(false);
        var acceptance = _options.RestoreDamaged ? DamageAcceptance.RecordedOrUnknown : DamageAcceptance.None;
        var faults = await new BackupVerifier(_set, _backups, Match, acceptance: acceptance)
            .VerifyOwnAsync(backup, limits)
            .ConfigureAwait(false);
        if (faults.Count > 0)
        {
            throw new BackupFailedException(_backups.PathOf(backup.Id), string.Join("; ", faults) + WayOut(backup));
        }
        await DemandProofAsync(backup, limits.Token).ConfigureAwait(false);
        return backup;
    }

    private async Task<MigrationException> MissingAsync(string backupId, CancellationToken cancellationToken)
    {
        var unreadable = await _backups.ListUnreadableAsync(cancellationToken).ConfigureAwait(false);
        return
            unreadable.FirstOrDefault(one => string.Equals(one.Id, backupId, StringComparison.OrdinalIgnoreCase))
                is { } damaged
            ? new BackupFailedException(_backups.PathOf(damaged.Id), damaged.Fault.TrimEnd('.'))
            : new BackupNotFoundException(backupId, _backups.Folder);
    }

    private static string WayOut(BackupSet backup) =>
        backup.Verified ? "" : ". If there is no better one, restore it anyway with --even-damaged or RestoreDamaged";

    /// <summary>
    /// Throws if the origin of a set cannot be proved. Without existing content there is nothing to replace with
    /// another database's content, so no proof is needed.
    /// </summary>
    private async Task DemandProofAsync(BackupSet backup, CancellationToken cancellationToken)
    {
        if (_options.RestoreSetsOfOtherDatabases || !locked.All.Any(pair => pair.Session.Existed))
        {
            return;
        }
        var origins = new BackupOrigins(locked, _backups);
        if (await origins.FindUnprovenAsync(backup, Match, cancellationToken).ConfigureAwait(false) is { } unproven)
        {
            throw OfOther(backup, unproven);
        }
    }

    /// <summary>
    /// True if the set has a database in another file of the set, or in one of its own that the set does not have: restoring
    /// it would make a second one, or lose it.
    /// </summary>
    private bool HasElsewhere(BackupSet backup, IMigrationDatabase database) =>
        backup.Databases.FirstOrDefault(copy => copy.Name == database.Name) is { File: not null } named
        && (
            Match.StorageOf(backup, named) is { } there
                ? !there.Equals(database.Storage)
                : Match.CopyOf(backup, database.Storage) is { } shared && shared.File != named.File
        );

    /// <summary>
    /// True if the set lacks a database. This includes a set with the database in a separate file, if the
    /// program has it in one with others: those would be lost.
    /// </summary>
    private bool Lacks(BackupSet backup, IMigrationDatabase database) =>
        Match.CopyOf(backup, database.Storage) is not { } shared
            // It may be under another path: only a set without any other copy leaves a database alone.
            ? !Match.IsOnlyOurs(backup)
            : (Match.EntryOf(backup, database) ?? backup.Databases.FirstOrDefault(copy => copy.Name == database.Name))
                is { } own
                && own.File != shared.File;

    private static BackupOfOtherDatabaseException OfOther(BackupSet backup, IDatabaseStorage storage) =>
        new(
            backup.Id,
            storage.DisplayName,
            [.. backup.Databases.Select(copy => copy.Path).OfType<string>().Distinct()]
        );
}
