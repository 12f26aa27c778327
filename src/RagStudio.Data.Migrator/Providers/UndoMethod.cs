namespace RagStudio.Data.Migrator.Providers;

/// <summary>The ways to return a storage to its state before a run.</summary>
public enum UndoMethod
{
    /// <summary>
    /// A copy is made before the run, and restored if the run fails; if the run is killed, a journal lets the
    /// next start restore it.
    /// </summary>
    Restore,

    /// <summary>
    /// The run is one transaction, validated before it is committed. If the run fails it is rolled back, and
    /// if the run is killed the database rolls it back: it needs neither a copy nor a journal.
    /// </summary>
    Transaction,
}
