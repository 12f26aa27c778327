namespace RagStudio.Data.Migrator.Providers;

/// <summary>How the changes of a run to a storage are undone.</summary>
public enum UndoMethod
{
    /// <summary>
    /// A copy is made before the run and restored if the run fails; a journal lets the next start do that if the run
    /// was killed.
    /// </summary>
    Restore,

    /// <summary>
    /// The run is one transaction, validated before it is committed. It is rolled back if the run fails, by the
    /// database itself if the run is killed: it needs neither a copy nor a journal.
    /// </summary>
    Transaction,
}
