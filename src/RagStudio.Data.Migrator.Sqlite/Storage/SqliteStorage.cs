using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.BackUp;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using RagStudio.Data.Migrator.Sqlite.Record;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>A database file.</summary>
internal sealed class SqliteStorage : IDatabaseStorage
{
    /// <summary>
    /// The time that the provider waits, regardless of any token, for another connection's lock. Migrations
    /// wait for locks elsewhere; a connection that holds the lock does not wait.
    /// </summary>
    private const int SecondsToRead = 1;

    /// <summary>The file itself, by which storages are compared.</summary>
    private readonly string _file;

    /// <summary>Null for a plain file: the provider's parser of connection strings takes a tenth of a start.</summary>
    private readonly string? _connectionString;

    /// <summary>True if the connection string asks for more than a file: a key, or an SQLite VFS.</summary>
    private readonly bool _needsProvider;

    /// <exception cref="ArgumentException">The connection string does not name a file.</exception>
    public SqliteStorage(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        var source = builder.DataSource;
        if (
            source is "" or ":memory:"
            || builder.Mode == SqliteOpenMode.Memory
            || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw new ArgumentException(
                "The migrator needs a connection string whose Data Source is the path of a file.",
                nameof(connectionString)
            );
        }

        GivenPath = SqlitePath.Given(source);
        (Path, _file) = SqlitePath.Resolve(GivenPath);
        ForeignKeys = builder.ForeignKeys;
        _connectionString = connectionString;
        _needsProvider = !string.IsNullOrEmpty(builder.Password) || !string.IsNullOrEmpty(builder.Vfs);
    }

    public SqliteStorage(FileInfo file, bool? foreignKeys = null)
    {
        (GivenPath, ForeignKeys) = (file.FullName, foreignKeys);
        (Path, _file) = SqlitePath.Resolve(GivenPath);
    }

    private IReadOnlyList<ISqliteMigrationDatabase> _databases = [];

    /// <summary>
    /// The path from which SQLite derives sibling files: the file itself, whatever link it was opened by.
    /// </summary>
    public string Path { get; }

    public string GivenPath { get; }

    public string DisplayName => Path;

    public string Key => Path;

    StorageFile? IDatabaseStorage.File => new(Path, GivenPath);

    private string Log => Path + WriteAheadLog.Extension;

    /// <summary>True if the application enforces foreign keys; <see langword="null"/> for SQLite's default.</summary>
    public bool? ForeignKeys { get; }

    public void Holds(IReadOnlyList<IMigrationDatabase> databases) =>
        _databases = [.. databases.OfType<ISqliteMigrationDatabase>()];

    /// <summary>The path in a key, which another system may have written.</summary>
    public bool IsKey(string key) =>
        System.IO.Path.IsPathFullyQualified(key)
        && !key.Contains('\0', StringComparison.Ordinal)
        && At(key).Equals(this);

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Exists);

    public ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Length(Path) + Length(Log));

    private bool Exists => new FileInfo(Path) is { Exists: true, Length: > 0 };

    public LockHolder? FindHolder() => StorageLock.HolderOf(Path);

    public Task<DatabaseState> ReadAsync(
        IMigrationDatabase database,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Exists && !Directory.Exists(Path))
        {
            return Task.FromResult(DatabaseState.Empty);
        }

        return Task.FromResult(
            Reading(() =>
                (
                    _needsProvider || LeftoverJournal.Exists(Path)
                        ? null
                        : TryReadPlain((ISqliteMigrationDatabase)database, historyLimit)
                ) ?? ReadByProvider((ISqliteMigrationDatabase)database, historyLimit)
            )
        );
    }

    public Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        // A write-ahead log that another program has left must not be checkpointed as a side effect.
        if (!Exists || ReadMode == SqliteOpenMode.ReadOnly)
        {
            return Task.FromResult(false);
        }
        try
        {
            using var connection = Connect(Path, SqliteOpenMode.ReadWrite);
            LeftoverJournal.Demand(connection, Path, MigrationPhase.Plan);
            connection.Execute(Checkpoint.FullFlushes);
            SqliteCache.Write(connection, ((ISqliteMigrationDatabase)database).Owner, cache);
            return Task.FromResult(true);
        }
        // Locked, read-only, full, or beside a journal that cannot be read or is foreign: the next start tries again.
        catch (Exception failure)
            when (failure
                    is SqliteException
                        or DatabaseAccessException
                        or IOException
                        or UnauthorizedAccessException
                        or InvalidDataException
            )
        {
            return Task.FromResult(false);
        }
    }

    public IDatabaseStorage At(string file) =>
        _connectionString is null
            ? new SqliteStorage(new FileInfo(file), ForeignKeys)
            : new SqliteStorage(new SqliteConnectionStringBuilder(_connectionString) { DataSource = file }.ToString());

    /// <summary>Converts to the engine's errors for a database that cannot be read.</summary>
    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CANTOPEN && IsInReadOnlyFolder())
        {
            // In WAL mode SQLite reads only if it may also create files:
            // https://sqlite.org/wal.html#read_only_databases.
            throw new DatabaseAccessException(
                MigrationPhase.Plan,
                Path,
                DatabaseProblem.ReadOnly,
                "its folder takes no file",
                failure
            );
        }
        catch (SqliteException failure) when (failure.IsBusy())
        {
            throw new DatabaseLockedException(
                MigrationPhase.Plan,
                Path,
                TimeSpan.FromSeconds(SecondsToRead),
                StorageLock.HolderOf(Path),
                failure
            );
        }
        catch (SqliteException failure)
        {
            throw FindForeignLog(failure) ?? failure.ToMigrationException(MigrationPhase.Plan, Path, TimeSpan.Zero);
        }
    }

    /// <summary>Apparent damage may be caused by another file's log.</summary>
    private DatabaseAccessException? FindForeignLog(SqliteException failure)
    {
        if (failure.SqliteErrorCode is not (raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB))
        {
            return null;
        }
        try
        {
            using var connection = Connect(Path, SqliteOpenMode.ReadOnly);
            return LeftoverLog.FindForeign(connection, Path, MigrationPhase.Plan);
        }
        catch (Exception second)
            when (second is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The first error explains why the database cannot be read.
            return null;
        }
    }

    public Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Exists && !Directory.Exists(Path))
        {
            return Task.FromResult<IStorageReader?>(null);
        }
        return Task.FromResult<IStorageReader?>(Reading(() => OpenSnapshot(Connect(Path, ReadMode))));
    }

    public async Task<IStorageSession> OpenAsync(
        RunIdentity run,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        StorageLock? storageLock = null;
        SqliteConnection? connection = null;
        try
        {
            CreateFolder();
            var begun = Stopwatch.GetTimestamp();
            storageLock = await StorageLock
                .AcquireAsync(Path, run.Activity, lockTimeout, cancellationToken)
                .ConfigureAwait(false);
            var isNewFile = !File.Exists(Path);
            var hasLog = File.Exists(Log);
            if (hasLog && !Exists)
            {
                LeftoverLog.ThrowIfAny(Path, MigrationPhase.Lock);
            }
            if (!Exists)
            {
                LeftoverJournal.Demand(connection: null, Path, MigrationPhase.Lock);
            }
            // An idle pooled connection of this process would prevent the exclusive lock.
            SqliteConnection.ClearAllPools();
            connection = Connect(Path, SqliteOpenMode.ReadWriteCreate);
            LeftoverJournal.Demand(connection, Path, MigrationPhase.Lock);
            if (hasLog)
            {
                LeftoverLog.Keep(connection);
            }
            await ExclusiveLock
                .AcquireAsync(connection, Path, lockTimeout - Stopwatch.GetElapsedTime(begun), cancellationToken)
                .ConfigureAwait(false);
            // An application's interceptor may release the lock for a moment.
            WaitToRead(connection.Handle!);
            Checkpoint.OnRequestOnly(connection);
            if (hasLog)
            {
                LeftoverLog.Demand(connection, Path, MigrationPhase.Lock);
            }
            return new SqliteStorageSession(storageLock, connection, Path, isNewFile, _databases);
        }
        catch (Exception failure)
        {
            Release(connection, storageLock);
            if (Translate(failure, lockTimeout) is { } translated)
            {
                throw translated;
            }
            throw;
        }
    }

    public async Task<CopyInspection> InspectCopyAsync(
        string file,
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    )
    {
        try
        {
            using var copy = Connect(SqlitePath.Alone(file), SqliteOpenMode.ReadOnly);
            var functions = new ApplicationFunctions(copy, [.. databases.Cast<ISqliteMigrationDatabase>()]);
            return await functions
                .RunAsync(() =>
                    InterruptibleWork.Run(
                        copy,
                        limits,
                        interrupt => SqliteCopy.Inspect(copy, file, databases, interrupt, functions.AreRegistered)
                    )
                )
                .ConfigureAwait(false);
        }
        catch (SqliteException failure)
        {
            throw failure.ToMigrationException(MigrationPhase.BackUp, file, TimeSpan.Zero);
        }
    }

    public Task<IStorageReader> OpenCopyAsync(string file, IReadOnlyList<IMigrationDatabase> databases)
    {
        try
        {
            var copy = Connect(SqlitePath.Alone(file), SqliteOpenMode.ReadOnly);
            var functions = new ApplicationFunctions(copy, [.. databases.Cast<ISqliteMigrationDatabase>()]);
            return Task.FromResult<IStorageReader>(new SqliteStorageReader(copy, file, functions));
        }
        catch (SqliteException failure)
        {
            throw failure.ToMigrationException(MigrationPhase.BackUp, file, TimeSpan.Zero);
        }
    }

    public Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var copy = Connect(SqlitePath.Alone(file), SqliteOpenMode.ReadOnly);
            return Task.FromResult(SqliteHistoryTrace.Read(copy.Handle!));
        }
        catch (SqliteException failure)
        {
            throw failure.ToMigrationException(MigrationPhase.BackUp, file, TimeSpan.Zero);
        }
    }

    public bool Equals(IDatabaseStorage? other) =>
        other is SqliteStorage storage && FileIdentity.AreSame(_file, storage._file);

    public override bool Equals(object? obj) => Equals(obj as IDatabaseStorage);

    public override int GetHashCode() => FileIdentity.HashOf(_file);

    /// <summary>
    /// A read-only connection leaves an empty <c>-wal</c> and <c>-shm</c> beside a database that had none; a
    /// writing one removes them when it is closed, but would also checkpoint a <c>-wal</c> that another
    /// program has left there.
    /// </summary>
    private SqliteOpenMode ReadMode => File.Exists(Log) ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite;

    /// <summary>
    /// Creates only the last folder of the path: if more is missing, the path is mistyped or a disk is not
    /// mounted, and a new empty database would look like a loss.
    /// </summary>
    private void CreateFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(Path)!;
        if (!Directory.Exists(folder) && Directory.Exists(System.IO.Path.GetDirectoryName(folder)))
        {
            Directory.CreateDirectory(folder);
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private bool IsInReadOnlyFolder()
    {
        if (!File.Exists(Path))
        {
            return false;
        }
        try
        {
            File.Create($"{Path}.{System.IO.Path.GetRandomFileName()}", bufferSize: 1, FileOptions.DeleteOnClose)
                .Dispose();
            return false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>
    /// SQLite keeps the state seen by a transaction's first read until the transaction ends:
    /// https://sqlite.org/isolation.html.
    /// </summary>
    private SqliteStorageReader OpenSnapshot(SqliteConnection connection)
    {
        try
        {
            LeftoverJournal.Demand(connection, Path, MigrationPhase.Plan);
            WaitToRead(connection.Handle!);
            connection.Execute("BEGIN");
            connection.Number("SELECT COUNT(*) FROM sqlite_master");
            LeftoverLog.Demand(connection, Path, MigrationPhase.Plan);
            return new SqliteStorageReader(connection, Path, new ApplicationFunctions(connection, _databases));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Release(SqliteConnection? connection, StorageLock? storageLock)
    {
        try
        {
            Releases.Run(() => connection?.Dispose(), () => storageLock?.Dispose());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SqliteException)
        {
            // The lock is released; the caller needs to know why the database could not be opened.
        }
    }

    private MigrationException? Translate(Exception failure, TimeSpan lockTimeout) =>
        failure switch
        {
            SqliteException sqlite => sqlite.ToMigrationException(MigrationPhase.Lock, Path, lockTimeout),
            DirectoryNotFoundException => Inaccessible(DatabaseProblem.CannotOpen, failure),
            IOException full when IsDiskFull(full) => Inaccessible(DatabaseProblem.NoSpace, failure),
            InvalidDataException => Inaccessible(DatabaseProblem.CannotOpen, failure),
            UnauthorizedAccessException or IOException => Inaccessible(DatabaseProblem.ReadOnly, failure),
            _ => null,
        };

    /// <summary>ENOSPC on Unix, ERROR_DISK_FULL on Windows.</summary>
    private static bool IsDiskFull(IOException failure) => (failure.HResult & 0xFFFF) is 28 or 112;

    private DatabaseAccessException Inaccessible(DatabaseProblem problem, Exception failure) =>
        new(MigrationPhase.Lock, Path, problem, failure.Message, failure);

    private DatabaseState? TryReadPlain(ISqliteMigrationDatabase database, int historyLimit)
    {
        using var plain = OpenPlain();
        return SqliteState.TryRead(plain, database, historyLimit);
    }

    private DatabaseState ReadByProvider(ISqliteMigrationDatabase database, int historyLimit)
    {
        using var connection = Connect(Path, ReadMode);
        LeftoverJournal.Demand(connection, Path, MigrationPhase.Plan);
        return SqliteState.Read(connection, database, historyLimit);
    }

    /// <summary>Opens the file for reading with SQLite's own functions.</summary>
    private sqlite3 OpenPlain()
    {
        // Initializes the SQLite library that the application uses.
        RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
        var flags = ReadMode == SqliteOpenMode.ReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE;
        var result = raw.sqlite3_open_v2(Path, out var database, flags, null);
        try
        {
            SqliteException.ThrowExceptionForRC(result, database);
            WaitToRead(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void WaitToRead(sqlite3 database) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(database, SecondsToRead * 1000), database);

    private SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var builder = new SqliteConnectionStringBuilder(_connectionString)
        {
            DataSource = path,
            Pooling = false,
            Cache = SqliteCacheMode.Default,
            Mode = mode,
            ForeignKeys = ForeignKeys,
            DefaultTimeout = SecondsToRead,
        };
        var connection = new SqliteConnection(builder.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
