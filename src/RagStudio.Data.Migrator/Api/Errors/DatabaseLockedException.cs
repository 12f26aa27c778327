namespace RagStudio.Data.Migrator;

/// <summary>Another process holds a database and did not release it in time. Nothing was changed.</summary>
public sealed class DatabaseLockedException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="phase">The phase that met the lock.</param>
    /// <param name="database">The path of the database.</param>
    /// <param name="waited">The time waited.</param>
    /// <param name="holder">
    /// The holder of the lock; <see langword="null"/> if it is a program that does not use the migrator.
    /// </param>
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

    /// <summary>The time waited.</summary>
    public TimeSpan Waited { get; }

    /// <summary>
    /// The holder of the lock; <see langword="null"/> if it is a program that does not use the migrator.
    /// </summary>
    public LockHolder? Holder { get; }
}
