using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Ends what a run that died left: its journal is found, and the lock is free. Killed itself, the next start begins it anew.
/// </summary>
internal sealed class RunRecovery(
    MigrationRun run,
    HeldStorages held,
    BackupStore backups,
    RunJournal journal,
    ILogger logger
)
{
    public async Task<Recovery> RecoverAsync(CancellationToken cancellationToken)
    {
        if (journal.Others(run.Set) is [var other, ..])
        {
            throw new RecoveryFailedException(
                other.Path,
                backup: null,
                $"it was about other databases than this program was given ({other.Databases}). Recover it with exactly those"
            );
        }
        var entries = journal.Read();
        var action = RecoveryPlanner.Decide(journal.Exists, entries);
        if (action == RecoveryAction.Nothing)
        {
            return Recovery.None;
        }
        run.Report(new MigrationProgress(MigrationPhase.Recover));
        if (action == RecoveryAction.Restore)
        {
            return await RestoreAsync(entries[0], cancellationToken).ConfigureAwait(false);
        }
        Log.RecoveryEnded(logger, run.Id, action);
        journal.Remove();
        return new Recovery(action, entries.Count > 0 ? entries[0].RunId : null, null, null);
    }

    private async Task<Recovery> RestoreAsync(JournalEntry dead, CancellationToken cancellationToken)
    {
        var begun = dead.Begun ?? throw Failed(null, "its journal does not begin with what it was going to do");
        var backup = await FindAsync(begun, cancellationToken).ConfigureAwait(false);
        run.NeededBackupId = backup?.Id;
        var aside = await backups
            .CreateAsync(run, held, BackupReason.Interrupted, cancellationToken)
            .ConfigureAwait(false);
        var restorer = new SetRestorer(run, held, backups);
        // Not what the program has got since: the dead run had no part in it, and its backup does not know it.
        await restorer.RestoreAsync(backup, begun.Databases.Select(database => database.Name)).ConfigureAwait(false);
        await restorer.AppendAsync(backup, database => Describe(database.Name, dead, aside.Set)).ConfigureAwait(false);
        journal.Remove();
        run.Report(new MigrationProgress(MigrationPhase.Recover));
        Log.Recovered(logger, run.Id, dead.RunId, backup?.Id, aside.Set?.Id);
        return new Recovery(RecoveryAction.Restore, dead.RunId, backup, aside.Set?.Id);
    }

    /// <summary>The dead run's backup, proved to be whole before anything is replaced by it.</summary>
    private async Task<BackupSet?> FindAsync(JournalBegun begun, CancellationToken cancellationToken)
    {
        if (begun.Databases.FirstOrDefault(database => !IsHeld(database)) is { } other)
        {
            throw Failed(null, $"it concerns '{other.Path}', which is not among the databases of this program");
        }
        if (begun.BackupId is not { } id)
        {
            return null;
        }
        var path = Path.Combine(begun.BackupFolder, id);
        var backup =
            await backups.FindAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw Failed(path, $"its backup is not in '{backups.Folder}', or its manifest cannot be read");
        var limits = new WorkLimits(run.Options.BackupTimeout, cancellationToken);
        run.Report(new MigrationProgress(MigrationPhase.Recover, Check: id));
        var faults = await new BackupVerifier(run.Set, backups).VerifyAsync(backup, limits).ConfigureAwait(false);
        return faults.Count == 0 ? backup : throw Failed(path, $"its backup is damaged ({string.Join("; ", faults)})");
    }

    private bool IsHeld(JournalDatabase database) =>
        run.Set.Databases.Any(d => d.Name == database.Name && d.Storage.Path == database.Path);

    private RecoveryFailedException Failed(string? backup, string reason) => new(journal.Path, backup, reason);

    private MigrationRecord Describe(string database, JournalEntry dead, BackupSet? aside) =>
        run.NewRecord(
            MigrationEvent.Recovered,
            database,
            version: null,
            run.Elapsed,
            $"The run {dead.RunId} of {dead.At:u} was interrupted and undone. What it had left is kept as the backup '{aside?.Id}'."
        );
}
