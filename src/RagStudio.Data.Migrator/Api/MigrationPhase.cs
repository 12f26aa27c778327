namespace RagStudio.Data.Migrator;

/// <summary>
/// The parts of one run, in their order. The same words name the source folders, the blocks of log events, the
/// <see cref="MigrationException.Phase"/> of an error and the crash points of the tests.
/// </summary>
public enum MigrationPhase
{
    /// <summary>The databases of the set are taken for this run alone. Nothing has been changed.</summary>
    Lock,

    /// <summary>What an earlier run left unfinished is put back.</summary>
    Recover,

    /// <summary>What will be done is decided, or refused. Nothing has been changed.</summary>
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
