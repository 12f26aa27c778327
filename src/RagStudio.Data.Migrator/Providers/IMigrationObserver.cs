using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>The engine's part in a provider's migrations: it supplies the limits and receives the events.</summary>
public interface IMigrationObserver
{
    /// <summary>True if migrations are reverted rather than applied.</summary>
    bool IsReverting { get; }

    /// <summary>Returns the time limit of a migration.</summary>
    /// <param name="version">The migration's id.</param>
    /// <returns>The limit.</returns>
    TimeSpan LimitOf(string version);

    /// <summary>Returns the application's code that runs within a migration's transaction.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="moment">Before or after the migration's own commands.</param>
    /// <returns>The code, in the order of registration.</returns>
    IReadOnlyList<IMigrationCode> CodeFor(string version, CodeMoment moment);

    /// <summary>Called after the lock that a killed EF migrator left behind was removed.</summary>
    void ClearedOrphanedLock();

    /// <summary>Called before the first command of a migration.</summary>
    /// <param name="version">The migration's id.</param>
    void Starting(string version);

    /// <summary>Called when a migration's code reports progress.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="completed">The amount done.</param>
    /// <param name="total">The total amount.</param>
    void Advanced(string version, long completed, long total);

    /// <summary>
    /// Called within the migration's transaction, after its last command; the provider writes the returned
    /// line into the history in that transaction.
    /// </summary>
    /// <param name="done">The migration that ran.</param>
    /// <returns>The line for the history.</returns>
    MigrationRecord Describe(MigrationStep done);

    /// <summary>
    /// Called within the transaction, after a piece of code has run; the provider writes the returned line
    /// into the history there too.
    /// </summary>
    /// <param name="version">The migration that the code belongs to.</param>
    /// <param name="code">The code.</param>
    /// <param name="duration">Its duration.</param>
    /// <returns>The line for the history.</returns>
    MigrationRecord Describe(string version, IMigrationCode code, TimeSpan duration);

    /// <summary>Called when a migration is committed or, if a run is one transaction, finished as a part of it.</summary>
    /// <param name="done">The migration that ran, with a duration that includes the commit.</param>
    void Applied(MigrationStep done);

    /// <summary>
    /// Returns the operations of a migration and of those after it, in the direction of the run. They are
    /// created on demand.
    /// </summary>
    /// <param name="version">The migration's id.</param>
    /// <returns>The operations of each, the given one's first.</returns>
    IEnumerable<IReadOnlyList<MigrationOperation>> OperationsFrom(string version) => [];

    /// <summary>
    /// Called within the transaction for an index or a trigger unknown to EF that was lost when EF copied its
    /// table.
    /// </summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="found">The object, and if it was recreated.</param>
    void Rebuilt(string version, RebuiltObject found) { }

    /// <summary>
    /// The tables whose rows the provider counts within each migration's transaction, before it commits.
    /// Writes outside a migration are not covered.
    /// </summary>
    /// <value>Default: none.</value>
    IReadOnlyList<WatchedTable> Watched => [];

    /// <summary>Called within a migration's transaction, after its last command and before its commit.</summary>
    /// <param name="changed">
    /// The watched tables that the migration renamed, replaced or dropped, or whose number of rows it may
    /// have changed; others may be omitted.
    /// </param>
    void Counted(IReadOnlyList<TableRows> changed) { }
}
