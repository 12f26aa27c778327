namespace RagStudio.Data.Migrator;

/// <summary>
/// An error of the migrator. Each derived type stands for one decision that a caller can make. The message says what
/// happened, what state the data is in and what to do next.
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

    /// <inheritdoc/>
    public override string Message => Warning.Length == 0 ? base.Message : $"{base.Message} {Warning}";

    /// <summary>What else people have to know: sentences, found out after the failure.</summary>
    internal string Warning { get; set; } = "";

    /// <summary>The phase that failed.</summary>
    public MigrationPhase Phase { get; }

    /// <summary>The present state of the databases.</summary>
    public DataState DataState { get; }

    /// <summary>What the run had done; <see langword="null"/> if it failed before its first change.</summary>
    public MigrationSummary? Summary { get; internal set; }
}
