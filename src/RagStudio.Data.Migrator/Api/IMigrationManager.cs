namespace RagStudio.Data.Migrator;

/// <summary>
/// Migrates a set of databases as one unit: <b>either all of them reach the new state, or all are unchanged.</b>
/// Safe to use from several threads and processes: one run at a time, the others wait.
/// </summary>
public interface IMigrationManager
{
    /// <summary>The backup sets of these databases.</summary>
    IBackupManager Backups { get; }

    /// <summary>
    /// Applies every pending migration of every database. <b>With nothing pending, it locks and writes
    /// nothing.</b> Otherwise it locks the set, backs it up, migrates, validates and records; on any failure,
    /// timeout or cancellation it restores the whole set before it throws.
    /// </summary>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, even within a statement; the set is then restored.</param>
    /// <returns>
    /// The result; <see cref="MigrationSummary.Databases"/> has no migrations if nothing was pending.
    /// </returns>
    /// <exception cref="DatabaseNewerException">
    /// A database was written by a newer program; nothing was changed.
    /// </exception>
    /// <exception cref="MigrationDriftedException">An applied migration was edited; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">The plan is not allowed as it is; nothing was changed.</exception>
    /// <exception cref="NoMigrationsException">
    /// The program has no migration for a database; nothing was changed.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="BackupFailedException">The backup could not be created; nothing was changed.</exception>
    /// <exception cref="RehearsalFailedException">The run failed on copies; nothing was changed.</exception>
    /// <exception cref="RecoveryFailedException">
    /// An earlier run was killed, and its changes cannot be undone.
    /// </exception>
    /// <exception cref="MigrationFailedException">
    /// A migration failed; see its <see cref="MigrationException.DataState"/>.
    /// </exception>
    /// <exception cref="MigrationTimeoutException">
    /// A migration timed out; see its <see cref="MigrationException.DataState"/>.
    /// </exception>
    /// <exception cref="ValidationFailedException">
    /// The result is damaged; see its <see cref="MigrationException.DataState"/>.
    /// </exception>
    /// <exception cref="RunFailedException">
    /// Something else failed; see its <see cref="MigrationException.DataState"/>.
    /// </exception>
    /// <exception cref="RollbackFailedException">The run failed, and the databases could not be restored.</exception>
    /// <exception cref="CommitUnknownException">
    /// A server did not answer the commit: either all changes are there or none.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is unchanged.</exception>
    Task<MigrationSummary> MigrateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Applies pending migrations up to a version, in every database. <b>It never reverts anything:</b> if a
    /// newer migration is applied, it refuses; see <see cref="RollbackToVersionAsync"/>.
    /// </summary>
    /// <param name="version">A migration's id, timestamp or name.</param>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, even within a statement; the set is then restored.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="PlanRefusedException">
    /// A newer migration is applied, or the plan is not allowed; nothing was changed.
    /// </exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is unchanged.</exception>
    Task<MigrationSummary> MigrateToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Plans a run of <see cref="MigrateAsync"/>: every pending migration with its SQL and its findings in
    /// the present rows. <b>It locks, writes and refuses nothing;</b> a reason to refuse the run is in
    /// <see cref="MigrationPlan.Refusal"/>. After an interrupted run the result is meaningless until that run
    /// has been recovered.
    /// </summary>
    /// <param name="progress">Reports the current step; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading, even within a query.</param>
    /// <returns>The plan; its databases have no migrations if nothing is pending.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    /// <exception cref="TimeoutException">
    /// The validation exceeded <see cref="MigrationOptions.ValidationTimeout"/>.
    /// </exception>
    Task<MigrationPlan> PlanAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Reverts, in every database, the applied migrations that are newer than a version, by their
    /// <c>Down</c>. The set is backed up before, validated after, and restored if anything fails. Without any
    /// database it locks and writes nothing.
    /// </summary>
    /// <param name="version">A migration's id, timestamp or name; <c>0</c> reverts all.</param>
    /// <param name="progress">Reports each phase, step and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run, even within a statement; the set is then restored.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration cannot be reverted; nothing was changed.</exception>
    /// <exception cref="MigrationDriftedException">
    /// A migration to be reverted was edited; nothing was changed.
    /// </exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is unchanged.</exception>
    Task<RollbackSummary> RollbackToVersionAsync(
        string version,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Plans a run of <see cref="RollbackToVersionAsync"/>, or refuses it for the same reasons. It locks and writes
    /// nothing. After an interrupted run the result is meaningless until that run has been recovered.
    /// </summary>
    /// <param name="version">A migration's id, timestamp or name; <c>0</c> reverts all.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The migrations to revert.</returns>
    /// <exception cref="InvalidVersionException">There is no such version.</exception>
    /// <exception cref="RollbackNotSupportedException">A migration cannot be reverted.</exception>
    /// <exception cref="MigrationDriftedException">A migration to be reverted was edited.</exception>
    /// <exception cref="PlanRefusedException">A migration up to that version is not applied.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<RollbackPlan> PlanRollbackAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces every database with a backup set's copy. The set is verified first, and the present databases
    /// are backed up, so another restore can undo this one; <b>rows written since the backup are only in that
    /// safety backup.</b> Databases that the set does not hold stay as they are (<see cref="RestoreSummary.Left"/>), unless
    /// the result would break a rule across databases that holds now.
    /// </summary>
    /// <param name="backupId">The set's name, as in <see cref="IBackupManager.ListAsync"/>.</param>
    /// <param name="progress">Reports each phase and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run; replaced databases are then restored.</param>
    /// <returns>The result, including the safety backup.</returns>
    /// <exception cref="BackupNotFoundException">There is no such set; nothing was changed.</exception>
    /// <exception cref="BackupOfOtherDatabaseException">
    /// The set belongs to other files, or its origin cannot be proved, and
    /// <see cref="MigrationOptions.RestoreSetsOfOtherDatabases"/> does not allow it; nothing was changed.
    /// </exception>
    /// <exception cref="BackupFailedException">
    /// The set is damaged, or the safety backup could not be created; nothing was changed.
    /// </exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is unchanged.</exception>
    Task<RestoreSummary> RestoreAsync(
        string backupId,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Recovers from a killed run, as every other run does first. Without such a run it locks and writes
    /// nothing.
    /// </summary>
    /// <param name="progress">Reports each phase; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops waiting for the lock; the next start then recovers.</param>
    /// <returns>The result.</returns>
    /// <exception cref="RecoveryFailedException">
    /// The killed run's changes cannot be undone; nothing was changed.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database: the run is still active.</exception>
    Task<RecoverySummary> RecoverAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Accepts that an applied migration was edited, in every database that has it: the history gets a line
    /// with the reason and the checksum of the program's migration, which is used for comparisons from then
    /// on. <b>The databases themselves do not change</b>; the caller vouches that they are right. Recovers
    /// first from a killed run.
    /// </summary>
    /// <param name="version">The migration's id, timestamp or name.</param>
    /// <param name="reason">The reason, which the history keeps.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <returns>The result; empty, with nothing written, if the migration is not edited anywhere.</returns>
    /// <exception cref="InvalidVersionException">
    /// There is no such migration, or it is not applied anywhere; nothing was changed.
    /// </exception>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be used; nothing was changed.</exception>
    /// <exception cref="RecoveryFailedException">
    /// An earlier run was killed, and its changes cannot be undone.
    /// </exception>
    /// <exception cref="RunFailedException">
    /// A line could not be written. Databases whose lines were written have accepted it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was canceled; nothing was accepted.</exception>
    Task<AcceptSummary> AcceptAsync(string version, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the mark of databases whose data was copied elsewhere (<see cref="IDatabaseCopy"/>), so that they are used
    /// again. <b>What was written to the copy since is not in them.</b> Recovers first from a killed run.
    /// </summary>
    /// <param name="reason">The reason, which the history keeps.</param>
    /// <param name="cancellationToken">Stops waiting for the lock.</param>
    /// <returns>The names of the databases that had the mark; empty, with nothing written, if none had.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds a database; nothing was changed.</exception>
    /// <exception cref="RunFailedException">A mark could not be removed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; nothing was changed.</exception>
    Task<IReadOnlyList<string>> ReopenAsync(string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records which version a database is whose tables were made by something else, or whose history was lost or does not fit.
    /// The schema is compared with what each version makes. <b>No table and no row of the application changes</b>, except that
    /// <see cref="AdoptOptions.Leftovers"/> may remove what EF has left behind. It is a run as <see cref="MigrateAsync"/> is: backed up, validated,
    /// and undone if it fails or is killed.
    /// </summary>
    /// <param name="options">The choices; the defaults record only a version that the schema is equal to.</param>
    /// <param name="progress">Reports each phase and check; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the run; the set is then restored.</param>
    /// <returns>What was found and recorded; there is no backup if nothing was to be recorded.</returns>
    /// <exception cref="PlanRefusedException">
    /// A person has to name the version, or the named one must not be recorded; nothing was changed.
    /// </exception>
    /// <exception cref="InvalidVersionException">There is no such version; nothing was changed.</exception>
    /// <exception cref="DatabaseNewerException">A newer program wrote a database; nothing was changed.</exception>
    /// <exception cref="MigrationException">As for <see cref="MigrateAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled; every database is unchanged.</exception>
    Task<AdoptSummary> AdoptAsync(
        AdoptOptions options,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Finds out what <see cref="AdoptAsync"/> would do. It locks and writes nothing; a reason to refuse it is in
    /// <see cref="AdoptPlan.Refusal"/>. After an interrupted run the result is meaningless until that run has been recovered.
    /// </summary>
    /// <param name="options">The choices.</param>
    /// <param name="progress">Reports the progress of the comparison; may be called from any thread.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="InvalidVersionException">There is no such version.</exception>
    /// <exception cref="DatabaseNewerException">A newer program wrote a database.</exception>
    /// <exception cref="DatabaseMovedException">The data of a database was copied elsewhere.</exception>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<AdoptPlan> PlanAdoptionAsync(
        AdoptOptions options,
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the state of every database: one small read each, no lock, no write, no EF model.</summary>
    /// <param name="progress">
    /// Reports the number of compared or replayed migrations, if that is necessary; may be called from any
    /// thread.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state of the set and of each database.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<MigrationStatus> GetStatusAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Reads the history of the databases of the set, newest first.</summary>
    /// <param name="limit">The maximum number of records to return; 1 or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The records of all databases, merged by time.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<MigrationRecord>> GetHistoryAsync(
        int limit = int.MaxValue,
        CancellationToken cancellationToken = default
    );

    /// <summary>Lists the applied migrations that <see cref="GetHistoryAsync"/> lacks, because EF applied them without the migrator.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The migrations of each database, newest first; empty if the migrator has applied all of them.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on a database.</exception>
    /// <exception cref="DatabaseAccessException">A database cannot be read.</exception>
    Task<IReadOnlyList<EFAppliedMigration>> ListAppliedByEFAsync(CancellationToken cancellationToken = default);
}
