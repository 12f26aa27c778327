namespace RagStudio.Data.Migrator;

/// <summary>
/// Creates, lists, verifies and prunes the backup sets of a set of databases. Safe to use from several threads and
/// processes. <see cref="IMigrationManager.RestoreAsync"/> restores one.
/// </summary>
public interface IBackupManager
{
    /// <summary>Copies every database of the set into one new backup set while no other process can write.</summary>
    /// <param name="progress">Reports the number of copied bytes; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the copying; no set is left behind.</param>
    /// <returns>The new set; <see langword="null"/> if there is no database yet.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used.</exception>
    /// <exception cref="BackupFailedException">The copy could not be created or failed its check.</exception>
    Task<BackupSet?> CreateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Lists the complete backup sets with a copy of any of these databases, newest first. Other programs may keep
    /// sets in the same folder; <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> includes those.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sets; empty if there is no backup folder.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the sets in the backup folder whose manifest exists but cannot be read or trusted. Their owner is unknown, so
    /// all of them are listed; <see cref="ListAsync"/> and
    /// <see cref="VerifyAsync(IProgress{MigrationProgress}?, CancellationToken)"/> skip them.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sets with their faults, newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<UnreadableBackup>> ListUnreadableAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Verifies every backup set of these databases: files, SHA-256, the engine's checks, and the manifest's
    /// migrations and rows.
    /// </summary>
    /// <param name="progress">
    /// Reports the number of checked bytes over all sets, with the set's name as
    /// <see cref="MigrationProgress.Check"/>; may be called from any thread.
    /// </param>
    /// <param name="cancellationToken">Stops the checks, even within a statement.</param>
    /// <returns>The sets with their faults, newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    /// <exception cref="TimeoutException">
    /// A check exceeded <see cref="MigrationOptions.BackupTimeout"/>.
    /// </exception>
    Task<IReadOnlyList<BackupVerification>> VerifyAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Verifies one backup set of these databases, as <see cref="VerifyAsync(IProgress{MigrationProgress}?, CancellationToken)"/> does.</summary>
    /// <param name="backupId">The set's name, as in <see cref="ListAsync"/>, in any case.</param>
    /// <param name="progress">Reports the number of checked bytes; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the checks, even within a statement.</param>
    /// <returns>The set with its faults.</returns>
    /// <exception cref="BackupNotFoundException">There is no such set of these databases.</exception>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    /// <exception cref="TimeoutException">
    /// The check exceeded <see cref="MigrationOptions.BackupTimeout"/>.
    /// </exception>
    Task<BackupVerification> VerifyAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Removes the backup sets of these databases, and of no others, that the options do not keep. The newest
    /// good set of each kind is always kept, and so is a set that the journal of an interrupted run refers
    /// to.
    /// </summary>
    /// <param name="cancellationToken">Stops between two sets.</param>
    /// <returns>The removed sets.</returns>
    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database.</exception>
    Task<IReadOnlyList<BackupSet>> PruneAsync(CancellationToken cancellationToken = default);
}
