namespace RagStudio.Data.Migrator.Providers;

<<<<<<< HEAD
/// <summary>How the changes of a run to a storage are undone.</summary>
public enum UndoMethod
{
    /// <summary>
    /// A copy is made before the run and restored if the run fails; a journal lets the next start do that if the run
    /// was killed.
=======
/// <summary>The ways to return a storage to its state before a run.</summary>
public enum UndoMethod
{
    /// <summary>
    /// A copy is made before the run, and restored if the run fails; if the run is killed, a journal lets the
    /// next start restore it.
>>>>>>> x-plain
    /// </summary>
    Restore,

    /// <summary>
<<<<<<< HEAD
    /// The run is one transaction, validated before it is committed. It is rolled back if the run fails, by the
    /// database itself if the run is killed: it needs neither a copy nor a journal.
=======
    /// The run is one transaction, validated before it is committed. If the run fails it is rolled back, and
    /// if the run is killed the database rolls it back: it needs neither a copy nor a journal.
>>>>>>> x-plain
    /// </summary>
    Transaction,
}
