namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is held for one run. Disposing the session releases the storage. Not safe for several threads at
/// once.
/// </summary>
public interface IStorageSession : IStorageReader
{
    /// <summary>True if the storage had any content when the session acquired it, or has since the last restore into it.</summary>
    bool Existed { get; }

    /// <summary>
    /// Where <see cref="RestoreAsync"/> keeps the content that it replaces, as shown to users. A restore makes no backup
    /// of it then.
    /// </summary>
    /// <value>
    /// Default: <see langword="null"/>, for nowhere. Empty before a restore, if it will be kept.
    /// </value>
    string? Replaced => null;

    /// <summary>
    /// Copies the storage as <see cref="IStorageReader.BackUpAsync"/> does, for a set that a run makes: the copy may share
    /// the storage's blocks on disk until either is changed (<see cref="BackupKind.Clone"/>).
    /// </summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Receives the number of bytes copied, and their total.</param>
    /// <param name="limits">The limits of the copying; if they end it, a partial file may remain.</param>
    /// <returns>The copy, which is flushed. Default: that of <see cref="IStorageReader.BackUpAsync"/>.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<StorageCopy> SnapshotAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits) =>
        BackUpAsync(file, progress, limits);

    /// <summary>
    /// Replaces the storage's content by that of a copy. <b>Killed half way, the storage has either content, never a
    /// mixture.</b> Takes no token: a restore must not be interrupted.
    /// </summary>
    /// <param name="file">The copy; <see langword="null"/> to leave the storage without any content, as when new.</param>
    /// <returns>A task that ends when the content is replaced and flushed.</returns>
    Task RestoreAsync(string? file);

    /// <summary>
    /// Migrates a database, with one transaction for each migration that includes its history record.
    /// </summary>
    /// <param name="database">The database to migrate.</param>
    /// <param name="steps">
    /// The migrations, run as far as <see cref="RagStudio.Data.Migrator.Steps.CompiledMigrator"/> runs them.
    /// </param>
    /// <param name="observer">Notified of each migration's begin and end.</param>
    /// <param name="cancellationToken">Cancels the migration, even within a statement.</param>
    /// <returns>
    /// The id of the first compiled migration that the program has changed: it and those after it are left to
    /// a second call. <see langword="null"/> if all are applied.
    /// </returns>
    /// <exception cref="MigrationStepException">A migration failed or timed out; its transaction was rolled back.</exception>
    Task<string?> MigrateAsync(
        IMigrationDatabase database,
        CompiledSteps steps,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Generates what <see cref="MigrateAsync"/> is going to execute, before <see cref="BeginAsync"/> locks anything: others
    /// would wait for that. Only called with <see cref="UndoMethod.Transaction"/>.
    /// </summary>
    /// <param name="database">The database to migrate.</param>
    /// <param name="steps">The migrations.</param>
    /// <exception cref="Exception">A migration cannot be generated. <see cref="MigrateAsync"/> meets the same failure.</exception>
    void Prepare(IMigrationDatabase database, CompiledSteps steps) { }

    /// <summary>How a run that includes this storage is undone. All storages of a set must agree.</summary>
    /// <value>Default: <see cref="UndoMethod.Restore"/>.</value>
    UndoMethod Undo => UndoMethod.Restore;

    /// <summary>
    /// Begins the changes of a run, up to <see cref="CommitAsync"/>. With <see cref="UndoMethod.Transaction"/> they are
    /// one transaction: the session reads its own changes, and rolls them back when it is disposed without a commit.
    /// With <see cref="UndoMethod.Restore"/> their single commits may reach the disk together: after a power failure
    /// the journal undoes all of them, so that the storage needs only to be intact, and may lack the last ones.
    /// <see cref="RestoreAsync"/> ends that.
    /// </summary>
    /// <remarks>
    /// A provider whose storage is used by others meanwhile can acquire all locks that the plan needs now, before
    /// anything is changed, and run first what cannot be part of a transaction.
    /// </remarks>
    /// <param name="steps">What the run is going to do to each database of the storage.</param>
    /// <param name="lockTimeout">
    /// The longest time to wait for others. A provider may give up earlier: if <see cref="IsContention"/> says so of its
    /// failure, the run rolls back, waits, and begins again until that time is over.
    /// </param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>A task that ends when the changes may begin.</returns>
    /// <exception cref="DatabaseLockedException">Others did not release what the run needs in time.</exception>
    Task BeginAsync(IReadOnlyList<PlannedSteps> steps, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Does everything in a commit that can fail, so that it can either follow another storage's or be undone.
    /// <b>From here on the storage is committed if the other one is</b>: by <see cref="CommitAsync"/> or, if the run
    /// dies before it, by the next <see cref="IDatabaseStorage.OpenAsync"/>. Only called with
    /// <see cref="UndoMethod.Transaction"/>, for each storage of a set except the first. Takes no token.
    /// </summary>
    /// <param name="decidedBy">The storage that is committed first.</param>
    /// <returns>
    /// A task that ends when the commit is prepared. Default: nothing is, and the storages are committed one after the
    /// other.
    /// </returns>
    Task PrepareCommitAsync(IDatabaseStorage decidedBy) => Task.CompletedTask;

    /// <summary>
    /// Commits the changes since <see cref="BeginAsync"/> and flushes everything that was committed. From here on each
    /// commit is flushed by itself again. Takes no token.
    /// </summary>
    /// <returns>A task that ends when all of it survives a power failure.</returns>
    /// <exception cref="CommitUnknownException">It is not known if the changes are committed. Nothing is undone.</exception>
    Task CommitAsync();

    /// <summary>
    /// True if the engine tells which tables the changes since <see cref="BeginAsync"/> touch
    /// (<see cref="EndObservation"/>), and copies can be read in place
    /// (<see cref="IDatabaseStorage.OpenCopyAsync"/>). The checks of a large storage are limited to those tables then.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    bool ObservesTables => false;

    /// <summary>Ends the observation that <see cref="BeginAsync"/> began.</summary>
    /// <returns>The tables that were touched since. Default: any of them may have been.</returns>
    TouchedTables EndObservation() => TouchedTables.Unknown("the engine gives no account");

    /// <summary>
    /// Moves what the run has written to where its checks read it fastest. Called before them, outside a transaction unless
    /// the run is one.
    /// </summary>
    /// <returns>A task that ends when it is there. Default: there is nothing to do.</returns>
    Task PrepareChecksAsync() => Task.CompletedTask;

    /// <summary>What may still become of the last <see cref="CommitAsync"/>, which has succeeded.</summary>
    /// <value>Sentences for people; default <see langword="null"/>: it lacks nothing.</value>
    string? CommitWarning => null;

    /// <summary>For how long the transaction that was committed last has held locks of tables that others use.</summary>
    /// <value>Default: <see langword="null"/>, for a storage that nobody else uses meanwhile.</value>
    TimeSpan? LocksHeld => null;

    /// <summary>
    /// Does what has to follow the commits of all storages of the set, because no transaction can contain it. If it fails,
    /// or the run dies before it, the next <see cref="IDatabaseStorage.OpenAsync"/> does it, and
    /// <see cref="DatabaseState.IsInterrupted"/> is true until then. Takes no token.
    /// </summary>
    /// <returns>A task that ends when it is done. Default: there is nothing to do.</returns>
    Task FinishAsync() => Task.CompletedTask;

    /// <summary>
    /// Undoes everything since <see cref="BeginAsync"/>, if that was called, even if it is prepared; called again, it does
    /// nothing. Releases what the transaction has locked, so that others go on and <see cref="BeginAsync"/> may follow.
    /// Only called with <see cref="UndoMethod.Transaction"/>. Takes no token.
    /// </summary>
    /// <returns>A task that ends when the storage is as it was.</returns>
    /// <exception cref="InvalidOperationException">It is committed, or the storage is not undone in this way.</exception>
    Task RollBackAsync() => throw new InvalidOperationException("The storage is undone by restoring a copy.");

    /// <summary>
    /// What else may have happened to the storage while the run was at work, as far as <see cref="RollBackAsync"/> has found
    /// out.
    /// </summary>
    /// <value>A sentence for people; default <see langword="null"/>: nothing.</value>
    string? RollBackWarning => null;

    /// <summary>
    /// Determines if others hold what the run needs, so that it is worth trying again. The run then rolls back, waits
    /// while it holds nothing but the storage, and begins again. Only called with <see cref="UndoMethod.Transaction"/>.
    /// </summary>
    /// <param name="failure">A failure of the run, or what caused it.</param>
    /// <returns>Default: <see langword="false"/>.</returns>
    bool IsContention(Exception failure) => false;

    /// <summary>
    /// Determines if the session has learned from a failed run what it has to do at the run's beginning, so that the run is
    /// rolled back and made again at once. It must not be true forever. Only called with
    /// <see cref="UndoMethod.Transaction"/>.
    /// </summary>
    /// <param name="failure">A failure of the run, or what caused it.</param>
    /// <returns>Default: <see langword="false"/>.</returns>
    bool BeginsAgain(Exception failure) => false;

    /// <summary>
    /// Does what has to precede the run that is made again, while nothing is changed and nothing is locked: others go on,
    /// however long it takes. Called after <see cref="BeginsAgain"/> was true and everything is rolled back.
    /// </summary>
    /// <param name="backUpAsync">Makes a backup set of all databases, once for the run.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>A task that ends when the run may begin again. Default: there is nothing to do.</returns>
    /// <exception cref="RefusedStepException">A migration must not run as things are.</exception>
    Task PrepareAgainAsync(
        Func<CancellationToken, Task<CreatedCopies>> backUpAsync,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <summary>
    /// What the migrations since <see cref="BeginAsync"/> have dropped and brought back; complete after
    /// <see cref="CommitAsync"/>.
    /// </summary>
    /// <value>Default: empty.</value>
    IReadOnlyList<DroppedData> DroppedData => [];

    /// <summary>
    /// Appends a line to the history with its <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/>, in a separate
    /// transaction unless one is open.
    /// </summary>
    /// <param name="database">The database that the line is about.</param>
    /// <param name="record">The line; the storage assigns its <see cref="MigrationRecord.Id"/>.</param>
    /// <returns>A task that ends when the line is written.</returns>
    Task AppendAsync(IMigrationDatabase database, MigrationRecord record);

    /// <summary>
    /// Replaces the database's cache, which saves later starts and checks some work. It is part of neither the schema
    /// nor the history.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The values to keep; those that are <see langword="null"/> stay as they are.</param>
    /// <returns>A task that ends when they are written.</returns>
    Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);

    /// <summary>Determines if <see cref="PrepareCommitAsync"/> can prepare the commit, so that both are one unit.</summary>
    /// <param name="decidedBy">The storage whose commit decides.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Default: <see langword="false"/>.</returns>
    Task<bool> CanPrepareCommitAsync(IDatabaseStorage decidedBy, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>The rows of the storage in bulk.</summary>
    /// <value>Default: <see langword="null"/>, for a storage whose rows cannot be copied to another one.</value>
    IBulkRows? Bulk => null;

    /// <summary>
    /// Marks a database as moved (<see cref="MoveMark"/>), or removes the mark, with a line in its history: all of it or
    /// nothing.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="record">The line, whose event is <see cref="MigrationEvent.Moved"/> or <see cref="MigrationEvent.Reopened"/>.</param>
    /// <returns>When it is durable, or part of the open transaction.</returns>
    Task MarkAsync(IMigrationDatabase database, MigrationRecord record) =>
        throw new NotSupportedException("This storage cannot be marked as moved.");

    /// <summary>Changes EF's history, which is created if it is missing: all of it or nothing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="change">The change.</param>
    /// <returns>When it is durable, or part of the open transaction.</returns>
    Task ChangeHistoryAsync(IMigrationDatabase database, HistoryChange change) =>
        throw new NotSupportedException("The history of this storage can only be changed by migrations.");
}
