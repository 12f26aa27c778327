using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>
/// Returns the whole set to its state before a run, and records the attempt in the history. It takes no
/// token: an undo that has begun completes.
/// </summary>
/// <param name="locked">The set.</param>
/// <param name="explain">Finds what may have been the cause of a failed migration.</param>
internal sealed class RunUndo(LockedSet locked, Func<Task> explain)
{
    private readonly MigrationRun _run = locked.Run;

    /// <returns>The error for the caller: what failed, and the present state of the data.</returns>
    public async Task<Exception> UndoAsync(BackupSet? backup, Exception failure, CancellationToken cancellationToken)
    {
        _run.Trace.Fail(failure);
        if (failure is CommitUnknownException unknown)
        {
            Log.CommitUnknown(_run.Logger, _run.Id, unknown.Database);
            return RunFailure.WithSummary(_run, unknown);
        }
        LogFailure(failure);
        if (!locked.CanUndo)
        {
            return await DescribeAsync(failure, DataState.NeedsAttention, cancellationToken).ConfigureAwait(false);
        }
        if (!_run.Options.RollbackOnFailure)
        {
            EndUnrestored();
            return await DescribeAsync(failure, DataState.NeedsAttention, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            _run.Report(new MigrationProgress(MigrationPhase.RollBack));
            await (
                locked.Undo == UndoMethod.Transaction ? RollBackAsync(failure) : RestoreAsync(backup, failure)
            ).ConfigureAwait(false);
        }
        // Every failure ends in the single error that asks for manual intervention; it carries both causes.
        // The journal remains: the next start tries again.
        catch (Exception restoreFailure)
        {
            var path = backup is null ? null : _run.Backups.PathOf(backup.Id);
            Log.RollbackFailed(_run.Logger, _run.Id, path, restoreFailure);
            return RunFailure.WithSummary(
                _run,
                locked.Undo == UndoMethod.Transaction
                    ? new RollbackFailedException(failure, restoreFailure)
                    : new RollbackFailedException(path, failure, restoreFailure)
            );
        }
        Log.RolledBack(_run.Logger, _run.Id, _run.Elapsed.TotalMilliseconds);
        return await DescribeAsync(failure, DataState.Restored, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Exception> DescribeAsync(Exception failure, DataState state, CancellationToken cancellationToken)
    {
        if (failure is FailedStepException)
        {
            await explain().ConfigureAwait(false);
        }
        return RunFailure.Describe(_run, failure, state, cancellationToken);
    }

    private async Task RestoreAsync(BackupSet? backup, Exception failure)
    {
        var restorer = new SetRestorer(locked, _run.Backups, _run.Backups.Match);
        await restorer.RestoreAsync(backup, _run.Set.Storages).ConfigureAwait(false);
        await restorer.AppendAsync(backup, database => Failed(database.Name, failure)).ConfigureAwait(false);
        _run.Journal.End(_run, JournalEvent.RolledBack);
    }

    /// <summary>
    /// Every transaction ends before anything is written outside it. A run that others prevented has done nothing worth
    /// a line in the history.
    /// </summary>
    private async Task RollBackAsync(Exception failure)
    {
        await locked.RollBackAsync().ConfigureAwait(false);
        _run.RollBackWarnings.UnionWith(locked.All.Select(one => one.Session.RollBackWarning).OfType<string>());
        if (failure is DatabaseLockedException)
        {
            return;
        }
        foreach (var database in _run.Set.Databases.Where(database => locked[database.Storage].Existed))
        {
            await TryAppendAsync(database, failure).ConfigureAwait(false);
        }
    }

    /// <summary>What broke the connection may have failed the run: the data is as it was, even if no line says so.</summary>
    private async Task TryAppendAsync(IMigrationDatabase database, Exception failure)
    {
        try
        {
            await locked[database.Storage].AppendAsync(database, Failed(database.Name, failure)).ConfigureAwait(false);
        }
        catch (Exception appendFailure)
        {
            Log.AttemptNotRecorded(_run.Logger, _run.Id, database.Name, appendFailure);
        }
    }

    /// <summary>The data stays as the failure left it, and the caller receives that failure.</summary>
    private void EndUnrestored()
    {
        if (!locked.HasJournal)
        {
            return;
        }
        try
        {
            _run.Journal.End(_run, JournalEvent.Completed);
        }
        catch (IOException failure)
        {
            _run.CouldNotTidy(_run.Journal.Path, failure);
        }
    }

    private void LogFailure(Exception failure)
    {
        foreach (var report in (failure as FailedValidationException)?.Reports.Where(r => r.ErrorCount > 0) ?? [])
        {
            Log.ValidationFailed(_run.Logger, _run.Id, report.Database, report.ErrorCount);
        }
        Log.RollingBack(_run.Logger, _run.Id, failure.Message);
    }

    private MigrationRecord Failed(string database, Exception failure)
    {
        var version = failure is FailedStepException step && step.Database == database ? step.Step.Version : null;
        return _run.NewRecord(MigrationEvent.Failed, database, version, _run.Elapsed, failure.Message);
    }
}
