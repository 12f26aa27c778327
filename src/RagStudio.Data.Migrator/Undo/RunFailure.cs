using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>Converts whatever ended a run to the caller's error.</summary>
internal static class RunFailure
{
    public static Exception Describe(
        MigrationRun run,
        Exception failure,
        DataState state,
        CancellationToken cancellationToken
    ) =>
        failure is OperationCanceledException && cancellationToken.IsCancellationRequested
            ? new OperationCanceledException($"The run was cancelled. {state.Sentence()}", failure, cancellationToken)
            : WithSummary(run, Describe(run, failure, state));

    private static MigrationException Describe(MigrationRun run, Exception failure, DataState state) =>
        failure switch
        {
            FailedStepException { Step: { ExceededLimit: { } limit, Version: { } version } step } failed =>
                new MigrationTimeoutException(failed.Database, version, limit, state, step.InnerException!),
            FailedStepException { Step.InnerException: RefusedStepException refused } failed
                when state == DataState.Restored => new PlanRefusedException(
                failed.Database,
                [refused.Version],
                $"The migration '{refused.Version}' of the database '{failed.Database}' is refused: {refused.Message}"
            ),
            FailedStepException { Step: var step } failed => new MigrationFailedException(
                failed.Database,
                step.Version,
                state,
                step.InnerException!,
                Contradictions.Find(run, failed)
            ),
            FailedValidationException failed => new ValidationFailedException(failed.Reports, state),
            DatabaseLockedException or BackupFailedException when state == DataState.Restored =>
                (MigrationException)failure,
            _ => new RunFailedException(run.Activity, run.Phase, state, failure),
        };

    public static MigrationException WithSummary(MigrationRun run, MigrationException error)
    {
        error.Warning = string.Join(' ', run.RollBackWarnings);
        error.Summary = run.Summarize(error.Message);
        return error;
    }
}
