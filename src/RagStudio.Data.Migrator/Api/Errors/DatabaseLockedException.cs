namespace RagStudio.Data.Migrator;

/// <summary>Another process holds a database, and did not let go of it in time. Nothing was changed.</summary>
public sealed class DatabaseLockedException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="phase">The part of the run that met the lock.</param>
    /// <param name="database">The path of the database.</param>
    /// <param name="waited">How long was waited.</param>
    /// <param name="holder">Who holds it; <see langword="null"/> where that is a program without the migrator.</param>
    /// <param name="cause">The provider's error.</param>
    public DatabaseLockedException(
        MigrationPhase phase,
        string database,
        TimeSpan waited,
        LockHolder? holder = null,
        Exception? cause = null
    )
        : base(
            phase,
            DataState.Unchanged,
            $"The database '{database}' is locked by {holder?.ToString() ?? "another process"} (waited {waited.TotalSeconds:0.#} s). "
                + "Nothing was changed. Close the program that uses it, or wait longer, then try again.",
            cause
        ) => (Database, Waited, Holder) = (database, waited, holder);

    /// <summary>The path of the database.</summary>
    public string Database { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan Waited { get; }

    /// <summary>Who holds it; <see langword="null"/> where that is a program without the migrator.</summary>
    public LockHolder? Holder { get; }
}
