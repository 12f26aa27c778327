namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is locked for a run. Until it is disposed, no other process reads or writes the storage.
/// Not safe for use from several threads at once.
/// </summary>
public interface IStorageSession : IStorageReader
{
    /// <summary>
    /// True if the storage had any content when the session locked it, or after the last restore into it.
    /// </summary>
    bool Existed { get; }

    /// <summary>
    /// Replaces the storage's whole content with a copy's. <b>If killed halfway, the storage has either
    /// content, never a mixture.</b> It takes no token, because a restore must not be interrupted.
    /// </summary>
    /// <param name="file">
    /// The copy; <see langword="null"/> to leave the storage as if newly created, without any content.
    /// </param>
    /// <returns>A task that ends when the content is replaced and flushed.</returns>
    Task RestoreAsync(string? file);

    /// <summary>
    /// Migrates a database, with one transaction for each migration that includes its history record: by one
    /// <c>MigrateAsync</c> of EF, or with compiled migrations. Without a target nothing is ever reverted.
    /// </summary>
    /// <param name="database">The database to migrate.</param>
    /// <param name="target">The target; it applies or reverts only migrations that the plan names.</param>
    /// <param name="compiled">
    /// The migrations that lead to the target, run as far as
    /// <see cref="RagStudio.Data.Migrator.Steps.CompiledMigrator"/> runs them; <see langword="null"/> to have
    /// EF find and generate them.
    /// </param>
    /// <param name="observer">Observes the beginning and end of each migration.</param>
    /// <param name="cancellationToken">Stops the migration, even within a statement.</param>
    /// <returns>
    /// The id of the first compiled migration that the program has changed: it and those after it are left to
    /// a second call, without compiled ones. <see langword="null"/> if all are applied.
    /// </returns>
    /// <exception cref="MigrationStepException">
    /// A migration failed or timed out; its transaction was rolled back.
    /// </exception>
    Task<string?> MigrateAsync(
        IMigrationDatabase database,
        MigrationTarget target,
        CompiledSteps? compiled,
        IMigrationObserver observer,
        CancellationToken cancellationToken
    );

    /// <summary>The way to undo a run on this storage. All storages of a set use the same one.</summary>
    /// <value>Default: <see cref="UndoMethod.Restore"/>.</value>
    UndoMethod Undo => UndoMethod.Restore;

    /// <summary>
    /// Begins a unit of work, up to <see cref="CommitAsync"/>. With <see cref="UndoMethod.Transaction"/> all
    /// of it is one transaction, in which the session reads its own writes, and which is rolled back with the
    /// session unless it was committed. With <see cref="UndoMethod.Restore"/> its individual commits may reach
    /// the disk together: the journal undoes all of them after a power failure, so the storage only needs to
    /// be intact then, and may lack the last of them. <see cref="RestoreAsync"/> ends it in that case.
    /// </summary>
    /// <returns>A task that ends when it has begun.</returns>
    Task BeginAsync();

    /// <summary>
    /// Commits what <see cref="BeginAsync"/> began, and flushes everything committed to the disk. From then
    /// on each commit is durable by itself again. It takes no token.
    /// </summary>
    /// <returns>A task that ends when all of it survives a power failure.</returns>
    Task CommitAsync();

    /// <summary>
    /// Undoes everything since <see cref="BeginAsync"/>, if it was called; only with
    /// <see cref="UndoMethod.Transaction"/>. It takes no token.
    /// </summary>
    /// <returns>A task that ends when the storage is in its previous state.</returns>
    /// <exception cref="InvalidOperationException">
    /// It was committed, or the storage is not undone in this way.
    /// </exception>
    Task RollBackAsync() => throw new InvalidOperationException("The storage is undone by restoring a copy.");

    /// <summary>
    /// Adds a line with its <see cref="RagStudio.Data.Migrator.Steps.RecordHash"/> to the history, in a
    /// separate transaction.
    /// </summary>
    /// <param name="database">The database that the line concerns.</param>
    /// <param name="record">The line; the storage assigns its <see cref="MigrationRecord.Id"/>.</param>
    /// <returns>A task that ends when the line is committed.</returns>
    Task AppendAsync(IMigrationDatabase database, MigrationRecord record);

    /// <summary>
    /// Stores data that saves work in later starts and checks, replacing the database's previous cache. It
    /// belongs neither to the schema nor to the history.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The cache; its <see langword="null"/> properties are left unchanged.</param>
    /// <returns>A task that ends when it is committed.</returns>
    Task WriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);
}
