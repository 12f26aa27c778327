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
        failure switch
        {
            FailedStepException { Step: { ExceededLimit: { } limit, Version: { } version } step } failed => WithSummary(
                run,
                new MigrationTimeoutException(failed.Database, version, limit, state, step.InnerException!)
            ),
            FailedStepException failed => WithSummary(
                run,
                new MigrationFailedException(
                    failed.Database,
                    failed.Step.Version,
                    state,
                    failed.Step.InnerException!,
                    Contradictions.Find(run, failed)
                )
            ),
            FailedValidationException failed => WithSummary(run, new ValidationFailedException(failed.Reports, state)),
            DatabaseLockedException locked when state == DataState.Restored => WithSummary(run, locked),
            OperationCanceledException when cancellationToken.IsCancellationRequested => new OperationCanceledException(
                $"The run was cancelled. {state.Sentence()}",
                failure,
                cancellationToken
            ),
            _ => WithSummary(run, new RunFailedException(run.Activity, run.Phase, state, failure)),
        };

    public static MigrationException WithSummary(MigrationRun run, MigrationException error)
    {
        error.Summary = run.Summarize(error.Message);
        return error;
    }
}
