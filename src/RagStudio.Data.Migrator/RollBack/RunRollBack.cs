using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Puts the whole set back as it was before a run, and tells the history what was tried. It listens to no token: a
/// rollback that has begun ends.
/// </summary>
internal sealed class RunRollBack(MigrationRun run, HeldStorages held, BackupStore backups, ILogger logger)
{
    /// <returns>The error for the caller: what failed, and what state the data is in now.</returns>
    public async Task<Exception> UndoAsync(BackupSet? backup, Exception failure, CancellationToken cancellationToken)
    {
        run.Report(new MigrationProgress(MigrationPhase.RollBack));
        Log.RollingBack(logger, run.Id, failure.Message, failure);
        if (!run.Options.RollbackOnFailure || !run.Options.BackupBeforeMigration)
        {
            return Describe(failure, DataState.NeedsAttention, cancellationToken);
        }

        try
        {
            await RestoreAsync(backup).ConfigureAwait(false);
            await AppendFailureAsync(failure).ConfigureAwait(false);
        }
        // Every failure ends in the one error that says that a person is needed; it carries both causes.
        catch (Exception restoreFailure)
        {
            var path = backup is null ? null : backups.PathOf(backup);
            Log.RollbackFailed(logger, run.Id, path, restoreFailure);
            return WithSummary(new RollbackFailedException(path, failure, restoreFailure));
        }
        Log.RolledBack(logger, run.Id, run.Elapsed.TotalMilliseconds);
        return Describe(failure, DataState.Restored, cancellationToken);
    }

    private async Task RestoreAsync(BackupSet? backup)
    {
        foreach (var (storage, session) in held.All)
        {
            var name = run.Set.Databases.First(database => database.Storage.Equals(storage)).Name;
            var copy = backup?.Databases.First(database => database.Name == name).File;
            await session.RestoreAsync(copy is null ? null : backups.PathOf(backup!, copy)).ConfigureAwait(false);
        }
    }

    private async Task AppendFailureAsync(Exception failure)
    {
        foreach (var database in run.Set.Databases)
        {
            var session = held[database.Storage];
            if (!session.Existed)
            {
                continue;
            }

            var version =
                failure is FailedStepException step && step.Database == database.Name ? step.Step.Version : null;
            await session
                .AppendAsync(run.NewRecord(MigrationEvent.Failed, database.Name, version, run.Elapsed, failure.Message))
                .ConfigureAwait(false);
        }
    }

    private Exception Describe(Exception failure, DataState state, CancellationToken cancellationToken) =>
        failure switch
        {
            FailedStepException { Step: { TimedOut: true, Version: { } version } step } failed => WithSummary(
                new MigrationTimeoutException(
                    failed.Database,
                    version,
                    run.Options.MigrationTimeout,
                    state,
                    step.InnerException!
                )
            ),
            FailedStepException failed => WithSummary(
                new MigrationFailedException(failed.Database, failed.Step.Version, state, failed.Step.InnerException!)
            ),
            FailedValidationException failed => WithSummary(new ValidationFailedException(failed.Reports, state)),
            OperationCanceledException when cancellationToken.IsCancellationRequested => new OperationCanceledException(
                $"The migration was cancelled. {state.Sentence()}",
                failure,
                cancellationToken
            ),
            _ => WithSummary(new MigrationFailedException(Names, version: null, state, failure)),
        };

    private string Names => string.Join(", ", run.Set.Databases.Select(database => database.Name));

    private MigrationException WithSummary(MigrationException error)
    {
        error.Summary = run.Summarize(error.Message);
        return error;
    }
}
