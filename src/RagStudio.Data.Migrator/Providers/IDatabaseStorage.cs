namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that contains one or more databases; for SQLite, a file. Two storages with the same content are
/// equal, whatever path or address each was created with.
/// </summary>
public interface IDatabaseStorage : IEquatable<IDatabaseStorage>
{
    /// <summary>The location as shown to users: in messages, in reports, in the status.</summary>
    string DisplayName { get; }

    /// <summary>
    /// The key by which journals and backups identify the storage. It does not change while the storage stays
    /// in place.
    /// </summary>
    string Key { get; }

    /// <summary>
    /// Determines if a recorded key is this storage's, possibly in a different spelling or written by another
    /// system.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <returns>Default: <see langword="true"/> only for <see cref="Key"/>.</returns>
    bool IsKey(string key) => key == Key;

    /// <summary>The file, if the storage is one.</summary>
    /// <value>
    /// Default: <see langword="null"/>, for a storage that is not a file. Nothing lies beside it then: the
    /// application configures a folder for backups, and the storage has a <see cref="Journal"/>.
    /// </value>
    StorageFile? File => null;

    /// <summary>The store for the journals of runs whose first storage this is.</summary>
    /// <value>Default: <see langword="null"/>, for a file beside <see cref="File"/>.</value>
    IJournalStore? Journal => null;

    /// <summary>
    /// Announces the databases of the set in this storage, before it is used: their contexts may supply
    /// functions that their content needs.
    /// </summary>
    /// <param name="databases">The databases.</param>
    void Holds(IReadOnlyList<IMigrationDatabase> databases) { }

    /// <summary>Determines if it exists, even if it is empty.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <returns>True if it exists.</returns>
    ValueTask<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Reads its size.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The size in bytes; 0 if it does not exist.</returns>
    ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken);

    /// <summary>Finds the process that has locked the storage for a run, for those that wait.</summary>
    /// <returns>The holder; <see langword="null"/> if none is recorded, or the provider does not support it.</returns>
    LockHolder? FindHolder() => null;

    /// <summary>
    /// Reads the state that a database of this storage records, through a separate connection: no lock that
    /// outlives the call, no write, no file created, no EF model. As for any reader, the engine may first
    /// roll back the transaction of a killed program.
    /// </summary>
    /// <param name="database">The database to read.</param>
    /// <param name="historyLimit">The maximum number of history records to read, newest first; 0 for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state; empty if the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on the storage.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, int historyLimit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the same as <see cref="IStorageSession.WriteCacheAsync"/>, while others use the storage. It
    /// only saves later starts some work, so a failure to write is not an error.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The cache; its <see langword="null"/> properties are left unchanged.</param>
    /// <returns>True if it was written.</returns>
    Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);

    /// <summary>Opens the storage for reading while others use it: no write, no file created, no EF model.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The reader; <see langword="null"/> if the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds an exclusive lock on the storage.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Acquires an exclusive lock on the storage: no other process can read or write it until the session is
    /// disposed.
    /// </summary>
    /// <param name="activity">The purpose, shown to those that wait.</param>
    /// <param name="lockTimeout">The maximum time to wait for others to release the storage.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The session; its storage exists from then on.</returns>
    /// <exception cref="DatabaseLockedException">Others did not release the storage in time.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be opened for writing.</exception>
    Task<IStorageSession> OpenAsync(RunActivity activity, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a copy made by <see cref="IStorageReader.BackUpAsync"/> from start to end and checks its
    /// structure, but neither the content of its indexes nor its references, which are no better than those
    /// of its source.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">The time limits.</param>
    /// <returns>The content of the copy.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<CopyInspection> InspectCopyAsync(string file, IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>
    /// Reads from a copy made by <see cref="IStorageReader.BackUpAsync"/> which storage it was copied from.
    /// As in <see cref="InspectCopyAsync"/>, the copy is only that file, whatever lies beside it.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The trace of the history in it.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken);

    /// <summary>Creates a storage of the same kind at another location, with its own journal.</summary>
    /// <param name="file">
    /// The location, of a copy made by <see cref="IStorageReader.BackUpAsync"/> or in the same form.
    /// </param>
    /// <returns>The storage.</returns>
    IDatabaseStorage At(string file);
}
