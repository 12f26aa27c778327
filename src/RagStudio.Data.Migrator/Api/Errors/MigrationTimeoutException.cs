namespace RagStudio.Data.Migrator;

/// <summary>
/// A migration exceeded its time limit. <see cref="MigrationException.DataState"/> says whether its changes were
/// undone.
/// </summary>
public sealed class MigrationTimeoutException : MigrationException
{
    internal MigrationTimeoutException(
        string database,
        string version,
        TimeSpan limit,
        DataState dataState,
        Exception cause
    )
        : base(
            MigrationPhase.Apply,
            dataState,
            $"The migration '{version}' of the database '{database}' timed out after {limit.TotalSeconds:0.###} s. "
                + $"{dataState.Sentence()} Allow it more time with MigrationTimeout (--timeout), then try again.",
            cause
        ) => (Database, Version, Limit) = (database, version, limit);

    /// <summary>The database's name in the set.</summary>
    public string Database { get; }

    /// <summary>The migration that was stopped.</summary>
    public string Version { get; }

    /// <summary>The time limit.</summary>
    public TimeSpan Limit { get; }
}
