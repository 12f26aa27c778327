namespace RagStudio.Data.Migrator;

/// <summary>
/// Migrates a set of databases as one unit: <b>either all of them are at the new state or all are as they were.</b>
/// Safe to use from several threads and from several processes: one run at a time, the others wait.
/// </summary>
public interface IMigrationManager
{
    /// <summary>
    /// Applies every pending migration of every database. <b>With nothing pending nothing is locked or written.</b>
    /// Otherwise the set is locked, backed up, migrated, checked and recorded; on any failure, timeout or cancellation
    /// the whole set is restored before this method throws.
    /// </summary>
    /// <param name="progress">Told what is being done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was done; <see cref="MigrationSummary.Databases"/> is without migrations when nothing was pending.</returns>
    /// <exception cref="DatabaseNewerException">A database was written by a newer program; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">What is pending may not be run as it is; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="BackupFailedException">The set could not be backed up; nothing was changed.</exception>
    /// <exception cref="MigrationFailedException">A migration failed.</exception>
    /// <exception cref="MigrationTimeoutException">A migration took too long.</exception>
    /// <exception cref="ValidationFailedException">The migrated databases did not pass their checks.</exception>
    /// <exception cref="RollbackFailedException">The run failed, and the set could not be restored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every database is as it was.</exception>
    Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the state of every database by one small read each: no lock, no write, no EF model.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state of the set and of each database.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads what was ever done to the databases of the set, the newest first.</summary>
    /// <param name="limit">The most records to return; 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records of all databases, merged by time.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    );

    /// <summary>Copies every database of the set into one new backup set while no other process can write.</summary>
    /// <param name="progress">Told how far the copying is; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the copying; no set is left behind.</param>
    /// <returns>The new set; <see langword="null"/> where there is no database yet.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used.</exception>
    /// <exception cref="BackupFailedException">The copy could not be made or did not pass its check.</exception>
    Task<BackupSet?> CreateBackupAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Lists the complete backup sets, the newest first.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sets; empty where there is no backup folder.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<BackupSet>> ListBackupsAsync(CancellationToken cancellationToken = default);
}
