namespace RagStudio.Data.Migrator;

/// <summary>
/// Migrates a set of databases as one unit: <b>either all of them are at the new state or all are as they were.</b>
/// Safe to use from several threads and processes: one run at a time, the others wait.
/// </summary>
public interface IMigrationManager
{
    /// <summary>The backup sets of these databases.</summary>
    IBackupManager Backups { get; }

    /// <summary>
    /// Applies every pending migration of every database. <b>With nothing pending, it locks and writes nothing.</b>
    /// Otherwise it locks the set, backs it up, migrates, validates and records; on any failure, timeout or cancellation
    /// it restores the whole set before it throws.
    /// </summary>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was done; <see cref="MigrationSummary.Databases"/> has no migrations when nothing was pending.</returns>
    /// <exception cref="DatabaseNewerException">A database was written by a newer program; nothing was changed.</exception>
    /// <exception cref="MigrationDriftedException">An applied migration was edited; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">The plan is not allowed as it is; nothing was changed.</exception>
    /// <exception cref="NoMigrationsException">The program has no migration for a database; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="BackupFailedException">The backup could not be made; nothing was changed.</exception>
    /// <exception cref="RehearsalFailedException">The run failed on copies; nothing was changed.</exception>
    /// <exception cref="RecoveryFailedException">An earlier run died, and its changes cannot be undone.</exception>
    /// <exception cref="MigrationFailedException">A migration failed; see its <see cref="MigrationException.DataState"/>.</exception>
    /// <exception cref="MigrationTimeoutException">A migration timed out; see its <see cref="MigrationException.DataState"/>.</exception>
    /// <exception cref="ValidationFailedException">The result is damaged; see its <see cref="MigrationException.DataState"/>.</exception>
    /// <exception cref="RunFailedException">Something else failed; see its <see cref="MigrationException.DataState"/>.</exception>
    /// <exception cref="RollbackFailedException">The run failed, and the databases could not be restored.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is as it was.</exception>
    Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Applies what is pending up to a version, in every database. <b>It never reverts anything:</b> where a newer
    /// migration is applied it refuses; see <see cref="RollbackToVersionAsync"/>.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name.</param>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">A newer migration is applied, or the plan is not allowed; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is as it was.</exception>
    Task<MigrationSummary> MigrateToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Plans what <see cref="MigrateAsync"/> would do: every pending migration with its SQL and with what it would find in
    /// the present rows. <b>It locks, writes and refuses nothing;</b> what would refuse the run is in
    /// <see cref="MigrationPlan.Refusal"/>. After an interrupted run the result is meaningless until that run has been recovered.
    /// </summary>
    /// <param name="progress">Reports what is being read; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading, also within a query.</param>
    /// <returns>The plan; its databases have no migrations when nothing is pending.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database exclusively.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    /// <exception cref="TimeoutException">
    /// The validation exceeded <see cref="MigrationOptions.ValidationTimeout"/>.
    /// </exception>
    Task<MigrationPlan> PlanAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Reverts, in every database, the applied migrations that are newer than a version, by their <c>Down</c>. The set is
    /// backed up before, validated after, and restored when anything fails. Without any database it locks and writes nothing.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name; <c>0</c> reverts all.</param>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, also within a statement; the set is then restored.</param>
    /// <returns>What was reverted.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration cannot be reverted; nothing was changed.</exception>
    /// <exception cref="MigrationDriftedException">A migration that is to be reverted was edited; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is as it was.</exception>
    Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Plans what <see cref="RollbackToVersionAsync"/> would revert, or refuses it for the same reasons. It locks and writes
    /// nothing. After an interrupted run the result is meaningless until that run has been recovered.
    /// </summary>
    /// <param name="version">A migration's id, its time stamp or its name; <c>0</c> reverts all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What would be reverted.</returns>
    /// <exception cref="InvalidVersionException">There is no such version.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration cannot be reverted.</exception>
    /// <exception cref="MigrationDriftedException">A migration that would be reverted was edited.</exception>
    /// <exception cref="PlanRefusedException">A migration up to that version is not applied.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database exclusively.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces every database with a backup set's copy. The set is verified first, and what it replaces is backed up first,
    /// so that another restore can undo it; <b>rows written since the backup are in that safety backup only.</b>
    /// </summary>
    /// <param name="backupId">The set's name, as in <see cref="IBackupManager.ListAsync"/>.</param>
    /// <param name="progress">Reports each phase and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run; what had been replaced is then restored.</param>
    /// <returns>What was restored, and where the replaced content is.</returns>
    /// <exception cref="BackupNotFoundException">There is no such set; nothing was changed.</exception>
    /// <exception cref="BackupOfOtherDatabaseException">
    /// The set is of other files, or its origin cannot be proved, and <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> does not allow it;
    /// nothing was changed.
    /// </exception>
    /// <exception cref="BackupFailedException">The set is damaged, or the safety backup could not be made; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is as it was.</exception>
    Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Recovers from a run that died, as every other run does first. Without such a run it locks and writes nothing.
    /// </summary>
    /// <param name="progress">Reports each phase; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the wait for the lock; the next start then recovers.</param>
    /// <returns>What was found and done.</returns>
    /// <exception cref="RecoveryFailedException">The dead run's changes cannot be undone; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database: the run is alive.</exception>
    Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Accepts that an applied migration was edited, in every database that has it: the history gets a line with the reason
    /// and the checksum of the program's migration, which it is compared with from now on. <b>The databases stay as they
    /// are</b>; the caller vouches for that. Recovers first from a run that died.
    /// </summary>
    /// <param name="version">The migration's id, its time stamp or its name.</param>
    /// <param name="reason">Why; kept in the history for ever.</param>
    /// <param name="cancellationToken">Stops the wait for the lock.</param>
    /// <returns>What was accepted; empty, with nothing written, where the migration is not edited anywhere.</returns>
    /// <exception cref="InvalidVersionException">There is no such migration, or it is not applied anywhere; nothing was changed.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="RecoveryFailedException">An earlier run died, and its changes cannot be undone.</exception>
    /// <exception cref="RunFailedException">A line could not be written. Databases whose lines were written have accepted it.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; nothing was accepted.</exception>
    Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken = default);

    /// <summary>Reads the state of every database: one small read each, no lock, no write, no EF model.</summary>
    /// <param name="progress">Reports how many migrations are compared or replayed, where necessary; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state of the set and of each database.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database exclusively.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<MigrationStatus> GetStatusAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads what was ever done to the databases of the set, the newest first.</summary>
    /// <param name="limit">The most records to return; 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records of all databases, merged by time.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database exclusively.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    );

    /// <summary>Lists the applied migrations that <see cref="GetHistoryAsync"/> lacks, because EF applied them without the migrator.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The migrations of each database, the newest first; empty where the migrator has applied them all.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database exclusively.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<EFAppliedMigration>> ListAppliedByEFAsync(CancellationToken cancellationToken = default);
}
