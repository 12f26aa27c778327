namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The copies of one rehearsal. Disposing it removes them and does not throw: what cannot be removed is left to the
/// next <see cref="IScratchStore.CreateAsync"/>.
/// </summary>
public interface IScratch : IAsyncDisposable
{
    /// <summary>The present size of the copies in bytes. Read many times a second, from any thread.</summary>
    /// <value>Default: 0, for a provider that would have to query a server.</value>
    /// <exception cref="IOException">The size cannot be read at the moment.</exception>
    long Bytes => 0;

    /// <summary>
    /// True if <see cref="IStorageReader.CloneAsync"/> creates the schema of the copy by replaying the applied migrations. A
    /// storage whose schema differs from theirs is not rehearsed then.
    /// </summary>
    /// <param name="copy">The storage that <see cref="ReserveAsync"/> returned.</param>
    /// <returns>Default: <see langword="false"/>, for an exact copy or an existing database.</returns>
    bool Replays(IDatabaseStorage copy) => false;

    /// <summary>Creates a storage of the same kind as the original, with a separate journal. It has no content yet.</summary>
    /// <param name="original">The storage that is copied.</param>
    /// <param name="name">The name of a database in it, unique in the rehearsal.</param>
    /// <param name="target">
    /// The connection string of an existing database that the rehearsal migrates instead of a copy, and leaves migrated:
    /// <see cref="MigrationOptions.RehearseByMigrating"/>. <see langword="null"/> for a copy.
    /// </param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The storage, to be filled by <see cref="IStorageReader.CloneAsync"/> or by a run.</returns>
    /// <exception cref="NoScratchException">The storage cannot be copied.</exception>
    ValueTask<IDatabaseStorage> ReserveAsync(
        IDatabaseStorage original,
        string name,
        string? target,
        CancellationToken cancellationToken
    );
}
