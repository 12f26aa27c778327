namespace RagStudio.Data.Migrator;

/// <summary>
/// Moves one database of a set to another storage: its tables, EF's history and its lines of the migrator's history.
/// <b>The move is one unit:</b> killed at any point, the next start finds the database complete in one of the two storages.
/// Safe to use from several threads.
/// </summary>
public interface IDatabaseRelocation
{
    /// <summary>Finds what would move, and everything that prevents it, without a lock. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="PlanRefusedException">The database cannot move.</exception>
    /// <exception cref="DatabaseNewerException">A newer program wrote a database.</exception>
    /// <exception cref="MigrationDriftedException">An applied migration was edited.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    Task<RelocationPlan> PlanAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Locks both storages, backs up, copies the database, compares every table by its rows and their hash, removes it from
    /// the storage that it was in, and records the move in both histories. No other program may use the databases meanwhile.
    /// Migrators and contexts that exist already keep using the old location.
    /// </summary>
    /// <param name="progress">Reports the phases; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the move until it is committed; then it completes.</param>
    /// <returns>What was moved.</returns>
    /// <exception cref="PlanRefusedException">The database cannot move; nothing was changed.</exception>
    /// <exception cref="DatabaseNewerException">A newer program wrote a database; nothing was changed.</exception>
    /// <exception cref="MigrationDriftedException">An applied migration was edited; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process uses a database; nothing was changed.</exception>
    /// <exception cref="MigrationException">The move failed: everything is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; everything is as it was.</exception>
    Task<RelocationSummary> RelocateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
