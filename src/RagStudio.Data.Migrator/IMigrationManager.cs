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
    /// <exception cref="MigrationDriftedException">An applied migration was edited; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">What is pending may not be run as it is; nothing was changed.</exception>
    /// <exception cref="NoMigrationsException">The program has no migration for a database; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="BackupFailedException">The set could not be backed up; nothing was changed.</exception>
    /// <exception cref="MigrationFailedException">A migration failed.</exception>
    /// <exception cref="MigrationTimeoutException">A migration took too long.</exception>
    /// <exception cref="ValidationFailedException">The migrated databases did not pass their checks.</exception>
    /// <exception cref="RunFailedException">The run failed outside any migration.</exception>
    /// <exception cref="RecoveryFailedException">An earlier run died, and what it left cannot be put back.</exception>
    /// <exception cref="RollbackFailedException">The run failed, and the set could not be restored.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every database is as it was.</exception>
    Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Applies, in every database, the pending migrations up to a version and including it, as <see cref="MigrateAsync"/> applies all of them.
    /// <b>Nothing is ever reverted:</b> where a database has newer ones applied, the run is refused.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name.</param>
    /// <param name="progress">Told what is being done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was done; <see cref="MigrationSummary.Databases"/> is without migrations when every database was there already.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">A database is at a newer version, or what is pending may not be run as it is; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every database is as it was.</exception>
    Task<MigrationSummary> MigrateToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Tells what <see cref="MigrateAsync"/> would do: every pending migration with its SQL, and what it would meet in the rows that are there
    /// now. <b>Nothing is locked or written, and nothing is refused:</b> what would refuse the run is in <see cref="MigrationPlan.Refusal"/>. After an
    /// interrupted run the answer is of no worth, since that is undone first.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading, also within a query.</param>
    /// <returns>The plan; its databases are without migrations when nothing is pending.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    /// <exception cref="TimeoutException">It took longer than <see cref="MigrationOptions.ValidationTimeout"/>.</exception>
    Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PlanAsync(CancellationToken)"/>
    /// <param name="progress">Told what is being looked at; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading, also within a query.</param>
    Task<MigrationPlan> PlanAsync(
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken = default
    ) => PlanAsync(cancellationToken);

    /// <summary>
    /// Reverts, in every database, the applied migrations that are newer than a version, by their <c>Down</c>. The set is backed up before,
    /// checked after, and restored when anything fails. Without any database nothing is locked or written.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name; <c>0</c> for none at all.</param>
    /// <param name="progress">Told what is being done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was reverted.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration has no way back; nothing was changed.</exception>
    /// <exception cref="MigrationDriftedException">A migration that is to be reverted was edited; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every database is as it was.</exception>
    Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Tells what <see cref="RollbackToVersionAsync"/> would revert, or refuses it for the same reasons: no lock, no write. After an
    /// interrupted run the answer is of no worth, since that is undone first.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name; <c>0</c> for none at all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What would be reverted.</returns>
    /// <exception cref="InvalidVersionException">There is no such version.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration has no way back.</exception>
    /// <exception cref="MigrationDriftedException">A migration that would be reverted was edited.</exception>
    /// <exception cref="PlanRefusedException">A migration up to that version is not applied.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces every database by a backup set's copy. The set is verified first and what it replaces is backed up first, so
    /// that a restore can be undone by another; <b>rows written since the backup are in that safety backup alone.</b>
    /// </summary>
    /// <param name="backupId">The set's name, as <see cref="ListBackupsAsync"/> tells it.</param>
    /// <param name="progress">Told what is being done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run; what had been replaced is then put back.</param>
    /// <returns>What was restored, and where the replaced content is.</returns>
    /// <exception cref="BackupNotFoundException">There is no such set; nothing was changed.</exception>
    /// <exception cref="BackupOfOtherDatabaseException">
    /// The set is of other files, or it cannot be told what it is of, and <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> does not allow it;
    /// nothing was changed.
    /// </exception>
    /// <exception cref="BackupFailedException">The set is damaged, or the safety backup could not be made; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; every database is as it was.</exception>
    Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Puts back what a run that died has left, as every other run does before anything else. Without such a run nothing is
    /// locked or written.
    /// </summary>
    /// <param name="progress">Told what is being done; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the waiting for the lock; the next start then recovers.</param>
    /// <returns>What was found and done.</returns>
    /// <exception cref="RecoveryFailedException">It cannot be put back; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database: the run is alive.</exception>
    Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Accepts that an applied migration was edited, in every database in which it is: the history gets a line with the reason and the
    /// checksum of the program's migration, against which it is compared from now on. <b>The databases themselves stay as they are</b>; that this
    /// is right is the caller's word. What a run that died has left is put back first.
    /// </summary>
    /// <param name="version">The migration's id, its time stamp or its name.</param>
    /// <param name="reason">Why; kept in the history for ever.</param>
    /// <param name="cancellationToken">Stops the waiting for the lock.</param>
    /// <returns>What was accepted; nothing, and nothing was written, where the migration is nowhere edited.</returns>
    /// <exception cref="InvalidVersionException">There is no such migration, or it is not applied anywhere; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="RecoveryFailedException">An earlier run died, and what it left cannot be put back.</exception>
    /// <exception cref="RunFailedException">A line could not be written. Databases whose lines were written have accepted it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was accepted.</exception>
    Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken = default);

    /// <summary>Reads the state of every database by one small read each: no lock, no write, no EF model.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state of the set and of each database.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="GetStatusAsync(CancellationToken)"/>
    /// <param name="progress">Told how many migrations are compared or replayed, where that has to be; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<MigrationStatus> GetStatusAsync(
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken = default
    ) => GetStatusAsync(cancellationToken);

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

    /// <summary>Lists the applied migrations of which <see cref="GetHistoryAsync"/> knows nothing, since EF applied them without the migrator.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The migrations of each database, the newest first; empty where the migrator has applied them all.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<EFAppliedMigration>> ListAppliedByEFAsync(CancellationToken cancellationToken = default);

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

    /// <summary>
    /// Lists the complete backup sets that have a copy of any of these databases, the newest first. Other programs may keep theirs in the same folder; with
    /// <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> those are listed too.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sets; empty where there is no backup folder.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<BackupSet>> ListBackupsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the sets in the backup folder whose manifest is there but cannot be read or trusted. Nobody can tell whose they are, so all of them are named;
    /// <see cref="ListBackupsAsync"/> and <see cref="VerifyBackupsAsync"/> pass them over.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Each with what is wrong, the newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    Task<IReadOnlyList<UnreadableBackup>> ListUnreadableBackupsAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks every backup set of these databases: files, SHA-256, the engine's checks, migrations and rows as the manifest has them.</summary>
    /// <param name="progress">
    /// Told how many bytes of all sets are checked, with the name of the set as <see cref="MigrationProgress.Check"/>; may be called from any thread.
    /// </param>
    /// <param name="cancellationToken">Stops the checks, also within a statement.</param>
    /// <returns>Each set with what is wrong with it, the newest first.</returns>
    /// <exception cref="BackupFailedException">The backup folder cannot be read.</exception>
    /// <exception cref="TimeoutException">A check took longer than <see cref="MigrationOptions.BackupTimeout"/>.</exception>
    Task<IReadOnlyList<BackupVerification>> VerifyBackupsAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Removes the backup sets of these databases, and of no others, that the options do not keep. The newest good set of each kind always stays, and so
    /// does one that the journal of an interrupted run names.
    /// </summary>
    /// <param name="cancellationToken">Stops the removing between two sets.</param>
    /// <returns>The removed sets.</returns>
    /// <exception cref="BackupFailedException">A set could not be removed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database.</exception>
    Task<IReadOnlyList<BackupSet>> PruneBackupsAsync(CancellationToken cancellationToken = default);
}
