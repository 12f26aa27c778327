namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>What others may do in the tables of a context while a run migrates it.</summary>
public enum LockPolicy
{
    /// <summary>
    /// Others read and write. Before anything is changed, the run acquires the locks of the tables that its migrations
    /// are known to change, each for a short time only; while it holds them, others wait for those tables.
    /// </summary>
    Online,

    /// <summary>Others read every table of the context except those that are changed, and write none of them.</summary>
    ReadersContinue,

    /// <summary>Others neither read nor write any table of the context.</summary>
    Exclusive,
}
