namespace RagStudio.Data.Migrator.Providers;

/// <summary>How a storage is put back as it was before a run.</summary>
public enum WayOfUndo
{
    /// <summary>A copy is made before the run and restored when it fails; a journal lets the next start do that when the run was killed.</summary>
    Restore,

    /// <summary>
    /// The run is one transaction, validated before it is committed. When the run fails it is rolled back, and when the run is killed the database does so
    /// itself: it needs neither a copy nor a journal.
    /// </summary>
    Transaction,
}
