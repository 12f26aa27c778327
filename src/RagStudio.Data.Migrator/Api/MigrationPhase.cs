namespace RagStudio.Data.Migrator;

/// <summary>
/// The phases of a run, in order. The same names are used for the source folders, the blocks of log events, the
/// <see cref="MigrationException.Phase"/> of an error and the crash points of the tests.
/// </summary>
public enum MigrationPhase
{
    /// <summary>The run acquires exclusive locks on the databases. Nothing has been changed.</summary>
    Lock,

    /// <summary>The run undoes the changes of an interrupted run.</summary>
    Recover,

    /// <summary>The run decides what to do, or refuses to. Nothing has been changed.</summary>
    Plan,

    /// <summary>The whole set is copied and the copies are checked. Nothing has been changed.</summary>
    BackUp,

    /// <summary>The migrations are run, one transaction each.</summary>
    Apply,

    /// <summary>The result is checked.</summary>
    Validate,

    /// <summary>The run is recorded as completed.</summary>
    Record,

    /// <summary>The whole set is restored from its backup.</summary>
    RollBack,
}
