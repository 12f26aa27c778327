using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Puts the whole set back as it was before a run, and tells the history what was tried. It listens to no token: a
/// rollback that has begun ends.
/// </summary>
internal sealed class RunRollBack(
    MigrationRun run,
    SetRestorer restorer,
    BackupStore backups,
    RunJournal journal,
    ILogger logger
)
{
    /// <returns>The error for the caller: what failed, and what state the data is in now.</returns>
    public async Task<Exception> UndoAsync(BackupSet? backup, Exception failure, CancellationToken cancellationToken)
    {
        run.Trace.Fail(failure);
        LogFailure(failure);
        if (!run.Options.BackupBeforeMigration)
        {
            return RunFailure.Describe(run, failure, DataState.NeedsAttention, cancellationToken);
        }
        if (!run.Options.RollbackOnFailure)
        {
            EndUnrestored();
            return RunFailure.Describe(run, failure, DataState.NeedsAttention, cancellationToken);
        }
        try
        {
            run.Report(new MigrationProgress(MigrationPhase.RollBack));
            await restorer.RestoreAsync(backup, run.Set.Storages).ConfigureAwait(false);
            await restorer.AppendAsync(backup, database => Failed(database.Name, failure)).ConfigureAwait(false);
            journal.End(run, JournalEvent.RolledBack);
        }
        // Every failure ends in the one error that says that a person is needed; it carries both causes. The journal stays:
        // the next start tries again.
        catch (Exception restoreFailure)
        {
            var path = backup is null ? null : backups.PathOf(backup.Id);
            Log.RollbackFailed(logger, run.Id, path, restoreFailure);
            return RunFailure.WithSummary(run, new RollbackFailedException(path, failure, restoreFailure));
        }
        Log.RolledBack(logger, run.Id, run.Elapsed.TotalMilliseconds);
        return RunFailure.Describe(run, failure, DataState.Restored, cancellationToken);
    }

    /// <summary>The data stays as the failure left it, and that failure is what the caller is told of.</summary>
    private void EndUnrestored()
    {
        try
        {
            journal.End(run, JournalEvent.Completed);
        }
        catch (IOException failure)
        {
            run.CouldNotTidy(journal.Path, failure);
        }
    }

    private void LogFailure(Exception failure)
    {
        foreach (var report in (failure as FailedValidationException)?.Reports.Where(r => r.ErrorCount > 0) ?? [])
        {
            Log.ValidationFailed(logger, run.Id, report.Database, report.ErrorCount);
        }
        Log.RollingBack(logger, run.Id, failure.Message);
    }

    private MigrationRecord Failed(string database, Exception failure)
    {
        var version = failure is FailedStepException step && step.Database == database ? step.Step.Version : null;
        return run.NewRecord(MigrationEvent.Failed, database, version, run.Elapsed, failure.Message);
    }
}
