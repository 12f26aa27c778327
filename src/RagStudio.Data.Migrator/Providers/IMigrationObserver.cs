using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>What the engine gives to a provider that applies migrations: the limits, and who to tell.</summary>
public interface IMigrationObserver
{
    /// <summary>Whether migrations are reverted, not applied.</summary>
    bool IsReverting { get; }

    /// <summary>The longest that a migration may take.</summary>
    /// <param name="version">The migration's id.</param>
    /// <returns>The limit.</returns>
    TimeSpan LimitOf(string version);

    /// <summary>The application's own code that runs within a migration's transaction.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="moment">Before the migration's own commands, or after them.</param>
    /// <returns>The code, in the order of its registration.</returns>
    IReadOnlyList<IMigrationCode> CodeFor(string version, CodeMoment moment);

    /// <summary>Called when the lock that a killed EF migrator left behind was taken away.</summary>
    void ClearedOrphanedLock();

    /// <summary>Called before the first command of a migration.</summary>
    /// <param name="version">The migration's id.</param>
    void Starting(string version);

    /// <summary>Called when a migration's code tells how far it is.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="completed">How much is done.</param>
    /// <param name="total">How much there is to do.</param>
    void Advanced(string version, long completed, long total);

    /// <summary>
    /// Called within the migration's transaction, after its last command; the provider writes the line that is returned into the
    /// history in that transaction.
    /// </summary>
    /// <param name="done">What was run.</param>
    /// <returns>The line for the history.</returns>
    MigrationRecord Describe(MigrationStep done);

    /// <summary>Called within the transaction, after a piece of code ran; the line goes into the history there, too.</summary>
    /// <param name="version">The migration that the code belongs to.</param>
    /// <param name="code">The code.</param>
    /// <param name="duration">How long it ran.</param>
    /// <returns>The line for the history.</returns>
    MigrationRecord Describe(string version, IMigrationCode code, TimeSpan duration);

    /// <summary>Called when a migration is committed.</summary>
    /// <param name="done">What was run, its duration now with the commit.</param>
    void Applied(MigrationStep done);

    /// <summary>The operations of a migration and of those that the program has after it, in the direction of the run. Created when they are asked for.</summary>
    /// <param name="version">The migration's id.</param>
    /// <returns>The operations of each, the given one's first.</returns>
    IEnumerable<IReadOnlyList<MigrationOperation>> OperationsFrom(string version) => [];

    /// <summary>
    /// Called within the transaction for an index or a trigger that was gone with the old table when EF copied it, and that EF does not know.
    /// </summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="found">What it is, and whether it was created again.</param>
    void Rebuilt(string version, RebuiltObject found) { }

    /// <summary>
    /// The tables whose rows the provider counts within each migration's transaction, before it ends: what is written outside a migration
    /// is not its affair.
    /// </summary>
    /// <value>Default: none.</value>
    IReadOnlyList<WatchedTable> Watched => [];

    /// <summary>Called within a migration's transaction, after its last command and before its commit.</summary>
    /// <param name="changed">
    /// The watched tables that the migration renamed, replaced, dropped, or whose rows it may have changed in number; others need not be told.
    /// </param>
    void Counted(IReadOnlyList<TableRows> changed) { }
}
