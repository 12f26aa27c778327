namespace RagStudio.Data.Migrator;

/// <summary>
/// Creates, lists, verifies and prunes the backup sets of a set of databases. Safe to use from several threads and
/// processes. <see cref="IMigrationManager.RestoreAsync"/> restores one.
/// </summary>
public interface IBackupManager
{
    /// <summary>Copies every database of the set into one new backup set while no other process can write.</summary>
    /// <param name="progress">Reports how much is copied; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the copying; no set is left behind.</param>
    /// <returns>The new set; <see langword="null"/> where there is no database yet.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used.</exception>
    /// <exception cref="BackupFailedException">The copy could not be made or failed its check.</exception>
    Task<BackupSet?> CreateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Lists the complete backup sets that have a copy of any of these databases, the newest first. Other programs may keep
    /// sets in the same folder; <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> includes those.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sets; empty where there is no backup folder.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<BackupSet>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the sets in the backup folder whose manifest exists but cannot be read or trusted. Their owner is unknown, so
    /// all of them are listed; <see cref="ListAsync"/> and <see cref="VerifyAsync"/> skip them.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Each with what is wrong, the newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<UnreadableBackup>> ListUnreadableAsync(CancellationToken cancellationToken = default);

    /// <summary>Verifies every backup set of these databases: files, SHA-256, the engine's checks, and the manifest's migrations and rows.</summary>
    /// <param name="progress">
    /// Reports how many bytes of all sets are checked, with the set's name as <see cref="MigrationProgress.Check"/>; may be called from any thread.
    /// </param>
    /// <param name="cancellationToken">Stops the checks, also within a statement.</param>
    /// <returns>Each set with what is wrong with it, the newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    /// <exception cref="TimeoutException">A check took longer than <see cref="MigrationOptions.BackupTimeout"/>.</exception>
    Task<IReadOnlyList<BackupVerification>> VerifyAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Removes the backup sets of these databases, and of no others, that the options do not keep. The newest good set of
    /// each kind always stays, and so does a set that the journal of an interrupted run names.
    /// </summary>
    /// <param name="cancellationToken">Stops between two sets.</param>
    /// <returns>The removed sets.</returns>
    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database.</exception>
    Task<IReadOnlyList<BackupSet>> PruneAsync(CancellationToken cancellationToken = default);
}
