namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What contains one or more databases: a file, for SQLite. Two storages of the same content are equal, even if
/// they were given as different paths or addresses.
/// </summary>
public interface IDatabaseStorage : IEquatable<IDatabaseStorage>
{
    /// <summary>The storage's location for people: in messages, in reports, in the status.</summary>
    string DisplayName { get; }

    /// <summary>
    /// Identifies the storage in journals and backups. It does not change while the storage stays where it is.
    /// </summary>
    string Key { get; }

    /// <summary>Determines if a key that was written earlier, perhaps in another form or by another system, is this storage's.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Default: <see langword="true"/> only for <see cref="Key"/>.</returns>
    bool IsKey(string key) => key == Key;

    /// <summary>The location of a storage that is a file.</summary>
    /// <value>
    /// Default: <see langword="null"/>, for a storage that is not a file. Nothing can be placed beside it: the
    /// application configures a folder for backups, and the storage has a <see cref="Scratch"/> and, if runs are
    /// undone by <see cref="UndoMethod.Restore"/>, a <see cref="Journal"/>.
    /// </value>
    StorageFile? File => null;

    /// <summary>The journal of runs over a set whose first storage this is.</summary>
    /// <value>Default: <see langword="null"/>, for a file beside <see cref="File"/>.</value>
    IJournalStore? Journal => null;

    /// <summary>Where the copies for a rehearsal are made of a set whose first storage this is.</summary>
    /// <value>Default: <see langword="null"/>, for files in a folder beside <see cref="File"/>.</value>
    IScratchStore? Scratch => null;

    /// <summary>
    /// The file name extension of a copy made by <see cref="IStorageReader.BackUpAsync"/>. A copy is a file in the
    /// folder of its set, and only the provider knows what is in it: the content, or where to find it.
    /// </summary>
    /// <value>Default: that of <see cref="File"/>.</value>
    string CopyExtension => System.IO.Path.GetExtension(File?.Path) ?? "";

    /// <summary>Why the storage cannot be backed up, and what to do instead: sentences for people.</summary>
    /// <value>
    /// Default: <see langword="null"/>, for one that can. Others are undone by <see cref="UndoMethod.Transaction"/>, and
    /// their copies are neither made nor inspected.
    /// </value>
    string? CannotBackUp => null;

    /// <summary>How runs over the storage are undone, as its sessions say: only a restore needs a copy before each run.</summary>
    /// <value>Default: <see cref="UndoMethod.Restore"/>.</value>
    UndoMethod Undo => UndoMethod.Restore;

    /// <summary>What runs have kept in the storage of what their migrations dropped.</summary>
    /// <value>Default: <see langword="null"/>, for a storage in which nothing is kept: its backups have everything.</value>
    IKeepsakeStore? Keepsakes => null;

    /// <summary>
    /// Announces the databases of the set that are in this storage, before it is used: their contexts may have
    /// functions that the content needs.
    /// </summary>
    /// <param name="databases">The databases.</param>
    void Holds(IReadOnlyList<IMigrationDatabase> databases) { }

    /// <summary>Determines if the storage exists, even if it is empty.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>True if it exists.</returns>
    ValueTask<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Reads the storage's size.</summary>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The size in bytes; 0 if it does not exist.</returns>
    ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken);

    /// <summary>Finds the holder of the lock, for a process that waits for it.</summary>
    /// <returns>The holder; <see langword="null"/> if there is none, or the provider does not know.</returns>
    LockHolder? FindHolder() => null;

    /// <summary>
    /// Reads the state of a database of this storage through a separate connection: it leaves no lock, writes
    /// nothing, creates no file and builds no EF model. As with any reader, the engine may first roll back what a
    /// process that died in a transaction left in the file.
    /// </summary>
    /// <param name="database">The database to read.</param>
    /// <param name="historyLimit">The maximum number of history records to read, newest first; 0 for none.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The state; empty if the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds the storage exclusively.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, int historyLimit, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the states of databases of this storage as
    /// <see cref="ReadAsync(IMigrationDatabase, int, CancellationToken)"/> does. A storage that takes long to connect to
    /// does so once for all of them; by default each database is read on its own.
    /// </summary>
    /// <param name="databases">The databases to read.</param>
    /// <param name="historyLimit">The maximum number of history records to read of each, newest first; 0 for none.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Their states, in the same order.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds the storage exclusively.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    async Task<IReadOnlyList<DatabaseState>> ReadAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        var states = new List<DatabaseState>();
        foreach (var database in databases)
        {
            states.Add(
                await database.Storage.ReadAsync(database, historyLimit, cancellationToken).ConfigureAwait(false)
            );
        }
        return states;
    }

    /// <summary>
    /// Writes what <see cref="IStorageSession.WriteCacheAsync"/> writes, while others use the storage. It only saves
    /// later starts some work: nothing that prevents it is an error.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="cache">The values to keep; those that are <see langword="null"/> stay as they are.</param>
    /// <returns>True if they were written.</returns>
    Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache);

    /// <summary>
    /// Opens the storage for reading while others use it: it writes nothing, creates no file and builds no EF model.
    /// </summary>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The reader; <see langword="null"/> if the storage does not exist.</returns>
    /// <exception cref="DatabaseLockedException">Another process holds the storage exclusively.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be read.</exception>
    Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Acquires the storage for a run. No other run, in any process, acquires it until the session is disposed. With
    /// <see cref="UndoMethod.Restore"/> no other connection reads or writes it meanwhile, since a restore would discard
    /// what it writes; with <see cref="UndoMethod.Transaction"/> others may go on. A commit that an earlier run
    /// prepared (<see cref="IStorageSession.PrepareCommitAsync"/>) and left undecided is decided first.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="lockTimeout">The longest time to wait for the lock.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>The session; its storage exists from now on.</returns>
    /// <exception cref="DatabaseLockedException">The lock was not released in time.</exception>
    /// <exception cref="DatabaseAccessException">The storage cannot be opened for writing.</exception>
    Task<IStorageSession> OpenAsync(RunIdentity run, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a copy made by <see cref="IStorageReader.BackUpAsync"/> completely and checks its structure, but neither
    /// the content of its indexes nor its references, which are no better than those of its source.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">The limits of the check.</param>
    /// <returns>The content of the copy.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<CopyInspection> InspectCopyAsync(string file, IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>
    /// Opens a copy made by <see cref="IStorageReader.BackUpAsync"/> for reading. As in <see cref="InspectCopyAsync"/>,
    /// other files beside the copy are ignored.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="databases">The databases of this storage.</param>
    /// <returns>The reader.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    /// <exception cref="NotSupportedException">The provider's copies are not read in place, which is the default.</exception>
    Task<IStorageReader> OpenCopyAsync(string file, IReadOnlyList<IMigrationDatabase> databases) =>
        throw new NotSupportedException("A copy of this storage cannot be read in place.");

    /// <summary>
    /// Reads from a copy made by <see cref="IStorageReader.BackUpAsync"/> which storage it is of. As in
    /// <see cref="InspectCopyAsync"/>, other files beside the copy are ignored.
    /// </summary>
    /// <param name="file">The copy.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The origin recorded in its history.</returns>
    /// <exception cref="DatabaseAccessException">The copy cannot be read as a database.</exception>
    Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken);

    /// <summary>Creates a storage of the same kind for another file. Only called on a storage that is a <see cref="File"/>.</summary>
    /// <param name="file">The path of the file, which need not exist.</param>
    /// <returns>The storage.</returns>
    IDatabaseStorage At(string file) => throw new InvalidOperationException($"'{DisplayName}' is not a file.");
}
