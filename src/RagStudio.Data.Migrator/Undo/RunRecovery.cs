using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>
/// Recovers from a killed run, whose journal exists while the lock is free. If it is killed itself, the next
/// start begins it again.
/// </summary>
internal sealed class RunRecovery(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly RunJournal _journal = locked.Run.Journal;
    private readonly BackupStore _backups = locked.Run.Backups;

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        RehearsalFolder.RemoveDead(_run);
        _run.Recovery = await DecideAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<Recovery> DecideAsync(CancellationToken cancellationToken)
    {
        if (_journal.Others(_run.Set) is [var other, ..])
        {
            throw new RecoveryFailedException(
                other.Path,
                backup: null,
                $"it concerns other databases than this program has ({other.Databases}). Recover it with exactly those"
            );
        }
        _journal.RemoveUnbegun(_run);
        var entries = _journal.Read();
        var action = RecoveryPlanner.Decide(_journal.Exists, entries);
        if (action == RecoveryAction.Nothing)
        {
            return Recovery.None;
        }
        _run.Report(new MigrationProgress(MigrationPhase.Recover));
        if (action == RecoveryAction.Restore)
        {
            return await RestoreAsync(entries[0], cancellationToken).ConfigureAwait(false);
        }
        Log.RecoveryEnded(_run.Logger, _run.Id, action);
        _journal.RemoveEnded(_run);
        return new Recovery(action, entries.Count > 0 ? entries[0].RunId : null, null, null);
    }

    private async Task<Recovery> RestoreAsync(JournalEntry dead, CancellationToken cancellationToken)
    {
        var begun = dead.Begun ?? throw Failed(null, "its journal does not begin with a plan");
        var storages = begun.Databases.Select(database => StorageOf(database, begun)).ToArray();
        await DemandUnchangedAsync(dead, begun, storages, cancellationToken).ConfigureAwait(false);
        var (backup, folder) = await FindAsync(begun, cancellationToken).ConfigureAwait(false);
        await DemandWholeAsync(begun, backup, folder, storages, cancellationToken).ConfigureAwait(false);
        _run.NeededBackupId = backup?.Id;
        var aside = await new BackupCreator(locked)
            .CreateAsync(BackupReason.Interrupted, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var restorer = new SetRestorer(locked, folder, folder.Match);
            // Not databases added since: the killed run did not involve them, and its backup does not contain them.
            await restorer.RestoreAsync(backup, storages).ConfigureAwait(false);
            await restorer
                .AppendAsync(backup, database => Describe(database.Name, dead, aside.Set))
                .ConfigureAwait(false);
        }
        // The disk may fail while it is written. The journal stays.
        catch (Exception failure) when (failure is not (MigrationException or OperationCanceledException))
        {
            throw new RecoveryFailedException(_journal.Path, PathOf(begun), failure);
        }
        End(begun);
        CrashPoints.Pass("RecoveryEnded");
        Log.Recovered(_run.Logger, _run.Id, dead.RunId, backup?.Id, aside.Set?.Id);
        return new Recovery(RecoveryAction.Restore, dead.RunId, backup, aside.Set?.Id);
    }

    /// <summary>The recovery must not be repeated, over what the program writes from now on.</summary>
    private void End(JournalBegun begun)
    {
        try
        {
            _journal.End(_run, JournalEvent.RolledBack);
        }
        catch (IOException failure)
        {
            throw Failed(PathOf(begun), failure.Message);
        }
    }

    private IDatabaseStorage StorageOf(JournalDatabase database, JournalBegun begun) =>
        _journal.StorageOf(database, begun, _run.Set)
        ?? throw Failed(null, $"it concerns '{database.Path}', which is not among the databases of this program");

    /// <summary>
    /// Refuses to undo what other runs have done. A journal that an earlier version left beside a link was invisible
    /// to programs with another path: their changes must not be undone from a backup made before. A journal without a
    /// backup empties only the databases that its run has created: a journal that has lost the backup's name looks
    /// the same.
    /// </summary>
    private async Task DemandUnchangedAsync(
        JournalEntry dead,
        JournalBegun begun,
        IReadOnlyList<IDatabaseStorage> storages,
        CancellationToken cancellationToken
    )
    {
        var mayConcernOthers = _journal.IsFormer || begun.BackupId is null;
        foreach (
            var (storage, session) in locked.All.Where(pair => mayConcernOthers && storages.Contains(pair.Storage))
        )
        {
            var trace = await session.ReadHistoryTraceAsync(cancellationToken).ConfigureAwait(false);
            if (_journal.IsFormer && trace.LastChangedAt > dead.At && trace.LastRunId != dead.RunId)
            {
                throw Failed(
                    PathOf(begun),
                    $"'{storage.DisplayName}' was changed after it by the run {trace.LastRunId} of {trace.LastChangedAt:u}, which restoring would undo"
                );
            }
            if (begun.BackupId is null && trace.LastRunId is { } run && run != dead.RunId)
            {
                throw Failed(
                    null,
                    $"it names no backup, and '{storage.DisplayName}' was changed by the run {run} instead of being created by the interrupted one"
                );
            }
        }
    }

    /// <summary>
    /// Finds the killed run's backup and its folder: the configured one, or an earlier version's default.
    /// </summary>
    private async Task<(BackupSet? Backup, BackupStore Folder)> FindAsync(
        JournalBegun begun,
        CancellationToken cancellationToken
    )
    {
        if (begun.BackupId is not { } id)
        {
            return (null, _backups);
        }
        foreach (
            var folder in _journal.IsFormer && _run.Options.BackupDirectory is null
                ? [_backups, new BackupStore(_run.Set.FormerBackupDirectory!, _run.Set, _run.Logger)]
                : new[] { _backups }
        )
        {
            if (await folder.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } backup)
            {
                return (WithPlaces(backup, begun, folder.Match), folder);
            }
        }
        throw Failed(
            Path.Combine(begun.BackupFolder, id),
            $"its backup is not in '{_backups.Folder}', or its manifest cannot be read"
        );
    }

    /// <summary>
    /// Nothing is replaced with content that is not proved to be complete, and nothing is emptied that the
    /// set does not mention.
    /// </summary>
    private async Task DemandWholeAsync(
        JournalBegun begun,
        BackupSet? backup,
        BackupStore folder,
        IReadOnlyList<IDatabaseStorage> storages,
        CancellationToken cancellationToken
    )
    {
        if (backup is null)
        {
            return;
        }
        var path = Path.Combine(begun.BackupFolder, backup.Id);
        if (storages.FirstOrDefault(storage => folder.Match.CopyOf(backup, storage) is null) is { } missing)
        {
            throw Failed(path, $"its backup has no copy of '{missing.DisplayName}'");
        }
        var limits = new WorkLimits(_run.Options.BackupTimeout, cancellationToken);
        _run.Report(new MigrationProgress(MigrationPhase.Recover, Check: backup.Id));
        await folder.ExpandAsync(backup, limits.Token).ConfigureAwait(false);
        // A restore over a damaged database has backed it up as it was, and is undone with that backup.
        var faults = await new BackupVerifier(_run.Set, folder, folder.Match, acceptance: DamageAcceptance.Recorded)
            .VerifyOwnAsync(backup, limits)
            .ConfigureAwait(false);
        if (faults.Count > 0)
        {
            throw Failed(path, $"its backup is damaged ({string.Join("; ", faults)})");
        }
    }

    /// <summary>
    /// The set in a journal belongs to the journal's databases: an entry with the same name as in the journal
    /// gets the location of that database.
    /// </summary>
    private BackupSet WithPlaces(BackupSet backup, JournalBegun begun, BackupMatch match) =>
        backup with
        {
            Databases =
            [
                .. backup.Databases.Select(copy =>
                    copy.Path is not null && match.StorageOf(backup, copy) is not null
                    || begun.Databases.FirstOrDefault(database => database.Name == copy.Name) is not { } database
                        ? copy
                        : copy with
                        {
                            Path = StorageOf(database, begun).Key,
                        }
                ),
            ],
        };

    private static string? PathOf(JournalBegun begun) =>
        begun.BackupId is { } id ? Path.Combine(begun.BackupFolder, id) : null;

    private RecoveryFailedException Failed(string? backup, string reason) => new(_journal.Path, backup, reason);

    private MigrationRecord Describe(string database, JournalEntry dead, BackupSet? aside) =>
        _run.NewRecord(
            MigrationEvent.Recovered,
            database,
            version: null,
            _run.Elapsed,
            $"The run {dead.RunId} of {dead.At:u} was interrupted and undone. What it had left is kept as the backup '{aside?.Id}'."
        );
}
