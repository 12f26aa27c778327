namespace RagStudio.Data.Migrator;

/// <summary>
/// A run failed outside any migration: while checking, restoring or recording.
/// <see cref="MigrationException.DataState"/> says whether its changes were undone.
/// </summary>
public sealed class RunFailedException : MigrationException
{
    internal RunFailedException(RunActivity activity, MigrationPhase phase, DataState dataState, Exception cause)
        : base(
            phase,
            dataState,
            $"The run ({activity.Describe()}) failed: {cause.Message} {dataState.Sentence()}",
            cause
        ) => Activity = activity;

    /// <summary>The purpose of the run.</summary>
    public RunActivity Activity { get; }
}
