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

    /// <summary>Creates a storage of the same kind as the original, with a separate journal. Its content does not exist yet.</summary>
    /// <param name="original">The storage that is copied.</param>
    /// <param name="name">The name of a database in it, unique in the rehearsal.</param>
    /// <returns>The storage, to be filled by <see cref="IStorageReader.CloneAsync"/> or created by a run.</returns>
    IDatabaseStorage Reserve(IDatabaseStorage original, string name);
}
