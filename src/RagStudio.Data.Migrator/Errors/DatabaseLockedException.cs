namespace RagStudio.Data.Migrator;

/// <summary>Another process holds a database, and did not let go of it in time. Nothing was changed.</summary>
public sealed class DatabaseLockedException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="phase">The part of the run that met the lock.</param>
    /// <param name="database">The path of the database.</param>
    /// <param name="waited">How long was waited.</param>
    /// <param name="cause">The provider's error.</param>
    public DatabaseLockedException(MigrationPhase phase, string database, TimeSpan waited, Exception? cause = null)
        : base(
            phase,
            DataState.Unchanged,
            $"The database '{database}' is locked: another process holds it (waited {waited.TotalSeconds:0.#} s). "
                + "Nothing was changed. Close the program that uses it, or wait longer, then try again.",
            cause
        ) => (Database, Waited) = (database, waited);

    /// <summary>The path of the database.</summary>
    public string Database { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan Waited { get; }
}
