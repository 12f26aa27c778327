using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>
/// Moves the events between <c>app_meta.db</c> and a file of their own, <c>events.db</c>. <b>A move is one unit:</b> killed at
/// any point, the next start finds all events in one of the two. Only for SQLite. Safe to use from several threads.
/// </summary>
/// <remarks>
/// Nothing else may use the databases meanwhile, and services that already know where the events are keep looking there: call
/// it in a program that does nothing else, and restart the others.
/// </remarks>
public interface IRagStudioLayout
{
    /// <summary>Finds out, without a lock, what <see cref="SplitAsync"/> would move. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan; <see langword="null"/> if the events have a file of their own, or there are none yet.</returns>
    /// <exception cref="NotSupportedException">The data is not in SQLite.</exception>
    /// <exception cref="DatabaseLayoutException">
    /// <see cref="RagStudioDataOptions.SingleDatabase"/> contradicts the move, or there are two event stores.
    /// </exception>
    /// <exception cref="PlanRefusedException">Migrations are pending, or something ties the events to other tables.</exception>
    /// <exception cref="MigrationException">The databases cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    Task<RelocationPlan?> PlanSplitAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves the events, their migration history and their lines of the migrator's history into <c>events.db</c>, after a
    /// backup. Every table is compared by its rows and their hash before it is removed from <c>app_meta.db</c>.
    /// </summary>
    /// <param name="progress">Reports the phases; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the move until it is committed.</param>
    /// <returns>What was moved; <see langword="null"/> if there was nothing to do.</returns>
    /// <inheritdoc cref="PlanSplitAsync" path="/exception"/>
    Task<RelocationSummary?> SplitAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Finds out, without a lock, what <see cref="JoinAsync"/> would move. Changes nothing.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The plan; <see langword="null"/> if the events are in <c>app_meta.db</c>, or there are none yet.</returns>
    /// <inheritdoc cref="PlanSplitAsync" path="/exception"/>
    Task<RelocationPlan?> PlanJoinAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves the events, their migration history and their lines of the migrator's history into <c>app_meta.db</c>, after a
    /// backup. Every table is compared before <c>events.db</c> is removed; it stays if it contains anything else.
    /// </summary>
    /// <param name="progress">Reports the phases; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the move until it is committed.</param>
    /// <returns>What was moved; <see langword="null"/> if there was nothing to do.</returns>
    /// <inheritdoc cref="PlanSplitAsync" path="/exception"/>
    Task<RelocationSummary?> JoinAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
