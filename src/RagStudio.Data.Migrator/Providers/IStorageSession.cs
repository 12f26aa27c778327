namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is held for one run. While it lives, no other process reads or writes the storage. Disposing it lets
/// go. Not safe for several threads at once.
/// </summary>
public interface IStorageSession : IStorageReader
{
    /// <summary>Whether the storage held anything when the session took it, or after the last restore into it.</summary>
    bool Existed { get; }

    /// <summary>
    /// Replaces the storage's whole content by a copy's. <b>Killed half way, the storage holds either content, never a
    /// mixture.</b> Listens to no token: what restores must not be interrupted.
    /// </summary>
    /// <param name="file">The copy; <see langword="null"/> to leave the storage as it is when newly created: without any content.</param>
    /// <returns>When the content is replaced and flushed.</returns>
    Task RestoreAsync(string? file);

    /// <summary>
    /// Migrates a database, one transaction for each migration, with its history record in that same transaction: by one
    /// <c>MigrateAsync</c> of EF, or by compiled migrations. Without a target nothing is ever reverted.
    /// </summary>
    /// <param name="database">The database to migrate.</param>
    /// <param name="target">How far; only migrations that the plan names are applied or reverted by it.</param>
    /// <param name="compiled">
    /// The migrations that lead to the target, run as far as <see cref="RagStudio.Data.Migrator.Steps.CompiledMigrator"/> runs them; <see langword="null"/> to have EF find and generate
    /// them.
    /// </param>
    /// <param name="observer">Told of each migration's begin and end.</param>
    /// <param name="cancellationToken">Stops the migration, also within a statement.</param>
    /// <returns>
    /// The id of the first compiled migration that the program has changed: it and those after it are left to a second call, without compiled ones.
    /// <see langword="null"/> where all are applied.
    /// </returns>
    /// <exception cref="MigrationStepException">A migration failed or ran out of time; its transaction was rolled back.</exception>
    Task<string?> MigrateAsync(
        IMigrationDatabase database,
        MigrationTarget target,
        CompiledSteps? compiled,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    );

    /// <summary>How a run is undone that this storage is part of. All storages of a set have one way.</summary>
    /// <value>Default: <see cref="WayOfUndo.Restore"/>.</value>
    WayOfUndo Undo => WayOfUndo.Restore;

    /// <summary>
    /// Begins what belongs together, up to <see cref="CommitAsync"/>. With <see cref="WayOfUndo.Transaction"/> all of it is one transaction, in which the
    /// session reads what it has written, and which ends undone with the session if it was not committed. With <see cref="WayOfUndo.Restore"/> its single
    /// commits may reach the disk together: the journal undoes all of it after a power failure, so the storage needs only to be whole then, and may lack the
    /// last of them. There <see cref="RestoreAsync"/> ends it.
    /// </summary>
    /// <returns>When it has begun.</returns>
    Task BeginAsync();

    /// <summary>
    /// Commits what <see cref="BeginAsync"/> began, and brings everything that was committed to the disk. From here on each commit is its own again. Listens
    /// to no token.
    /// </summary>
    /// <returns>When all of it survives a power failure.</returns>
    Task CommitAsync();

    /// <summary>
    /// Undoes everything since <see cref="BeginAsync"/>, if it was called; only with <see cref="WayOfUndo.Transaction"/>. Listens to no token.
    /// </summary>
    /// <returns>When the storage is as it was.</returns>
    /// <exception cref="InvalidOperationException">It was committed, or this is not how the storage is undone.</exception>
    Task RollBackAsync() => throw new InvalidOperationException("The storage is undone by restoring a copy.");

    /// <summary>Adds one line to the history with its <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/>, in a transaction of its own.</summary>
    /// <param name="database">The database that the line is about.</param>
    /// <param name="record">The line; its <see cref="MigrationRecord.Id"/> is given by the storage.</param>
    /// <returns>When the line is committed.</returns>
    Task AppendAsync(IMigrationDatabase database, MigrationRecord record);

    /// <summary>
    /// Keeps what spares later starts and checks some work, in place of what was kept for the database before. It is no part of the schema itself, nor
    /// of the history.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">What is to be kept; what is <see langword="null"/> in it stays as it is.</param>
    /// <returns>When it is committed.</returns>
    Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);
}
