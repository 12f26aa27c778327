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

    /// <summary>
    /// Lets what is committed from here on reach the disk together, by <see cref="FlushAsync"/>. For a run whose journal undoes all of it after a power
    /// failure anyhow: the storage is whole then, and may lack the last commits. <see cref="RestoreAsync"/> ends it.
    /// </summary>
    /// <returns>When it does.</returns>
    Task DeferFlushAsync();

    /// <summary>Brings everything that was committed to the disk, and from here on each commit by itself, as before <see cref="DeferFlushAsync"/>.</summary>
    /// <returns>When all of it survives a power failure.</returns>
    Task FlushAsync();

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
