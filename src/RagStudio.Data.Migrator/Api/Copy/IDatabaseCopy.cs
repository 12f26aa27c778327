namespace RagStudio.Data.Migrator;

/// <summary>
/// Copies all rows of a set of databases to another set of the same contexts, on another provider or the same one.
/// <b>The copy is one unit:</b> it is complete and equal, or the target is as it was. Safe to use from several threads.
/// </summary>
public interface IDatabaseCopy
{
    /// <summary>Finds everything that prevents the copy, and changes nothing. The source is held meanwhile.</summary>
    /// <param name="progress">Reports the rows that were read; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What would be copied, and what would not fit.</returns>
    /// <exception cref="DatabaseMovedException">The source has been copied before.</exception>
    /// <exception cref="CopyRefusedException">The source or the target cannot be used for a copy at all.</exception>
    /// <exception cref="DatabaseLockedException">Another process uses a database.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    Task<CopyPlan> PlanAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Holds and validates the source, creates the target by its own migrations, copies every row, compares both, and marks
    /// the source as moved: a program that starts on it fails with a <see cref="DatabaseMovedException"/>. If an earlier
    /// copy is complete and only the mark is missing, it compares both and marks.
    /// </summary>
    /// <param name="progress">Reports the rows with the time left; may be called from any thread.</param>
    /// <param name="cancellationToken">Cancels the copy until it is committed; then it completes.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="DatabaseMovedException">The source has been copied before; nothing was changed.</exception>
    /// <exception cref="CopyRefusedException">
    /// The source has damage or pending migrations, the target has rows, or values do not fit: all of them are named, and
    /// nothing was changed.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process uses a database; nothing was changed.</exception>
    /// <exception cref="MigrationException">The copy failed: the target is as it was.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; the target is as it was.</exception>
    Task<CopySummary> CopyAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );
}
