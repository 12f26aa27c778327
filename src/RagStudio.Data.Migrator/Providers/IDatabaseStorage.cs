namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What holds one or more databases: a file, for SQLite. Two storages of the same content are equal, by whatever path or address each was given.
/// </summary>
public interface IDatabaseStorage : IEquatable<IDatabaseStorage>
{
    /// <summary>Where it is, for people: in messages, in reports, in the status.</summary>
    string DisplayName { get; }

    /// <summary>What journals and backups write down to say which storage they are of. It does not change while the storage stays where it is.</summary>
    string Key { get; }

    /// <summary>Tells if a key is this storage's that was written down earlier: in another way, perhaps, or by another system.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Default: <see langword="true"/> for <see cref="Key"/> alone.</returns>
    bool IsKey(string key) => key == Key;

    /// <summary>Where it lies, if it is a file.</summary>
    /// <value>
    /// Default: <see langword="null"/>, for a storage that is none. Then nothing lies beside it: the application configures a folder for backups, and the
    /// storage has a <see cref="Journal"/>.
    /// </value>
    StorageFile? File => null;

    /// <summary>Where a run writes its journal in whose set this storage is the first.</summary>
    /// <value>Default: <see langword="null"/>, for a file beside <see cref="File"/>.</value>
    IJournalStore? Journal => null;

    /// <summary>Tells the databases of the set that are in it, before it is used: their contexts may have functions that their content needs.</summary>
    /// <param name="databases">The databases.</param>
    void Holds(IReadOnlyList<IMigrationDatabase> databases) { }

    /// <summary>Tells if it exists, even if it is empty.</summary>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>True if it exists.</returns>
    ValueTask<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Reads how much space it takes.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The bytes; 0 where it does not exist.</returns>
    ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken);

    /// <summary>Who says that it holds the storage for a run, for those who wait.</summary>
    /// <returns>The holder; <see langword="null"/> where nobody says so, or the provider cannot tell.</returns>
    LockHolder? FindHolder() => null;

    /// <summary>
    /// Reads what a database of this storage says of itself, by a connection of its own: no lock that outlives the call, no
    /// write, no file created, no EF model. Only what a program that died in a transaction has left in the file may be taken back by the engine first, as by
    /// any reader.
    /// </summary>
    /// <param name="database">The database to read.</param>
    /// <param name="historyLimit">The most history records to read, the newest first; 0 for none.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state; empty where the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds the storage for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, int historyLimit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes what <see cref="IStorageSession.WriteCacheAsync"/> writes, beside whoever else uses the storage. It only spares later starts some
    /// work: whatever keeps it from being written is no error.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">What is to be kept; what is <see langword="null"/> in it stays as it is.</param>
    /// <returns>True if it was written.</returns>
    Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);

    /// <summary>Opens the storage for reading, beside whoever else uses it: no write, no file created, no EF model.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The reader; <see langword="null"/> where the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds the storage for itself alone.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Takes the storage so that no other process can read or write it until the session is disposed.</summary>
    /// <param name="activity">What for: told to those who wait meanwhile.</param>
    /// <param name="lockTimeout">The longest to wait for others to let go.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The session; its storage exists from now on.</returns>
    /// <exception cref="DatabaseLockedException">Others did not let go in time.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be opened for writing.</exception>
    Task<IStorageSession> OpenAsync(RunActivity activity, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a copy made by <see cref="IStorageReader.BackUpAsync"/> from start to end and checks that it is whole: its structure, but neither
    /// the content of its indexes nor its references, which are no better than its source's.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">How long it may take.</param>
    /// <returns>What the copy holds.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<CopyInspection> InspectCopyAsync(string file, IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>
    /// Reads from a copy made by <see cref="IStorageReader.BackUpAsync"/> which storage it is of. As in <see cref="InspectCopyAsync"/> the copy is that file
    /// alone, whatever lies beside it.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What the history in it tells.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken);

    /// <summary>A storage of the same kind elsewhere, with a journal of its own.</summary>
    /// <param name="file">Where, as a copy made by <see cref="IStorageReader.BackUpAsync"/> is.</param>
    /// <returns>The storage.</returns>
    IDatabaseStorage At(string file);
}
