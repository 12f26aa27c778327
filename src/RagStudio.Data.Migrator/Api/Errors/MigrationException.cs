namespace RagStudio.Data.Migrator;

/// <summary>
/// An error of the migrator. Each derived type stands for one decision that a caller can take; the message says
/// what happened, what state the data is in and what to do next.
/// </summary>
public abstract class MigrationException : Exception
{
    private protected MigrationException(
        MigrationPhase phase,
        DataState dataState,
        string message,
        Exception? cause = null
    )
        : base(message, cause) => (Phase, DataState) = (phase, dataState);

    /// <summary>The part of the run that failed.</summary>
    public MigrationPhase Phase { get; }

    /// <summary>The state in which the databases are now.</summary>
    public DataState DataState { get; }

    /// <summary>What the run had done; <see langword="null"/> where it failed before its first change.</summary>
    public MigrationSummary? Summary { get; internal set; }
}
