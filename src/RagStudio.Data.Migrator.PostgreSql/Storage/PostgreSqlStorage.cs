using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.BackUp;
using RagStudio.Data.Migrator.PostgreSql.Keep;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A database of a server.</summary>
internal sealed class PostgreSqlStorage(ConnectionSource source) : IDatabaseStorage
{
    private static readonly PostgreSqlDatabaseOptions Default = new();

    private IReadOnlyList<IPostgreSqlDatabase> _databases = [];

    public ConnectionSource Source => source;

    public ServerAddress Address => Source.Address;

    public string DisplayName => Address.DisplayName;

    public string Key => Address.Key;

    public UndoMethod Undo => UndoMethod.Transaction;

    public string CopyExtension => ".dump";

    public string? CannotBackUp => Tools.Problem;

    /// <summary>PostgreSQL's programs for backups.</summary>
    public DumpTools Tools =>
        new(
            _databases.Select(database => database.Options.ToolsDirectory).FirstOrDefault(folder => folder is not null)
        );

    public IKeepsakeStore Keepsakes => new KeepsakeStore(Source, _databases);
    public IScratchStore Scratch => field ??= new RehearsalStore();

    /// <summary>The scratch database that this storage is; <see langword="null"/> if it is a real one.</summary>
    public ScratchDatabase? OwnScratch { get; private init; }

    /// <summary>The real database, beside which scratch databases are made: one that is left is found by it.</summary>
    public ConnectionSource Home
    {
        get => field ?? Source;
        private init;
    }

    /// <summary>The first schema of the <c>search_path</c>, as a connection last found it.</summary>
    public string? Target { get; private set; }

    public IReadOnlyList<IPostgreSqlDatabase> Databases => _databases;

    /// <summary>The longest wait for the answer to a COMMIT.</summary>
    public TimeSpan CommitTimeout =>
        _databases.Select(database => database.Options.CommitTimeout).DefaultIfEmpty(Default.CommitTimeout).Min();

    /// <summary>The session of the run that holds it.</summary>
    public PostgreSqlSession? Session { get; set; }

    /// <exception cref="InvalidOperationException">Their connection strings lead to different tables.</exception>
    public void Holds(IReadOnlyList<IMigrationDatabase> databases)
    {
        foreach (var database in databases)
        {
            if (!((PostgreSqlStorage)database.Storage).Source.SeesSameTables(Source))
            {
                throw new InvalidOperationException(
                    $"'{databases[0].Name}' and '{database.Name}' are in one database and are migrated by one session, but their connection strings differ in Username or Search Path. Give both the same, and name the schema of each context in its model (HasDefaultSchema)."
                );
            }
        }
        _databases = [.. databases.Cast<IPostgreSqlDatabase>()];
    }

    public async ValueTask<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = Source.CreateReader();
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return true;
            }
        }
        catch (Exception failure) when (failure is NpgsqlException)
        {
            return ServerErrors.IsMissing(failure)
                ? false
                : throw failure.ToAccessException(MigrationPhase.Plan, Address);
        }
    }

    public async ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken)
    {
        var connection = await TryConnectAsync(cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            return 0;
        }
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                return await connection
                    .ScalarAsync<long>(
                        "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                throw failure.ToAccessException(MigrationPhase.Plan, Address);
            }
        }
    }

    public async Task<DatabaseState> ReadAsync(
        IMigrationDatabase database,
        int historyLimit,
        CancellationToken cancellationToken
    ) => (await ReadAsync([database], historyLimit, cancellationToken).ConfigureAwait(false)).Single();

    public async Task<IReadOnlyList<DatabaseState>> ReadAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        int historyLimit,
        CancellationToken cancellationToken
    )
    {
        var connection = await TryConnectAsync(cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            return [.. databases.Select(_ => DatabaseState.Empty)];
        }
        await using (connection.ConfigureAwait(false))
        {
            IPostgreSqlDatabase[] known = [.. databases.Cast<IPostgreSqlDatabase>()];
            try
            {
                var server = await LookAsync(connection, known, cancellationToken).ConfigureAwait(false);
                return await StateReader
                    .ReadAsync(connection, server, known, historyLimit, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                throw failure.ToAccessException(MigrationPhase.Plan, Address);
            }
        }
    }

    public async Task<bool> TryWriteCacheAsync(IMigrationDatabase database, DatabaseCache cache)
    {
        try
        {
            var connection = await TryConnectAsync(CancellationToken.None).ConfigureAwait(false);
            if (connection is null)
            {
                return false;
            }
            await using (connection.ConfigureAwait(false))
            {
                return await TryWriteCacheAsync(connection, (IPostgreSqlDatabase)database, cache).ConfigureAwait(false);
            }
        }
        // It only saves work: a standby, a missing privilege, a server that is going down.
        catch (Exception failure) when (failure is NpgsqlException or DatabaseAccessException)
        {
            return false;
        }
    }

    public async Task<IStorageReader?> OpenReaderAsync(CancellationToken cancellationToken)
    {
        var connection = await TryOpenAsync(Source.CreateReader(Configure), cancellationToken).ConfigureAwait(false);
        if (connection is null)
        {
            return null;
        }
        try
        {
            await connection
                .ExecuteAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancellationToken)
                .ConfigureAwait(false);
            var server = await LookAsync(connection, Databases, cancellationToken).ConfigureAwait(false);
            return new PostgreSqlReader(this, connection, server);
        }
        catch (NpgsqlException failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure.ToAccessException(MigrationPhase.Plan, Address);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<IStorageSession> OpenAsync(
        RunIdentity run,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await SessionOpener.OpenAsync(this, run, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Lock, Address);
        }
    }

    public Task<CopyInspection> InspectCopyAsync(
        string file,
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    ) =>
        LimitedWork.RunAsync(
            Address,
            limits,
            token => new DumpReader(Source, Tools).InspectAsync(file, [.. databases.Cast<IPostgreSqlDatabase>()], token)
        );

    public Task<HistoryTrace> TraceCopyAsync(string file, CancellationToken cancellationToken) =>
        LimitedWork.RunAsync(
            Address,
            new WorkLimits(null, cancellationToken),
            token => new DumpReader(Source, Tools).TraceAsync(file, Databases, token)
        );

    public bool Equals(IDatabaseStorage? other) => other is PostgreSqlStorage storage && storage.Address == Address;

    public override bool Equals(object? obj) => Equals(obj as IDatabaseStorage);

    public override int GetHashCode() => Address.GetHashCode();

    /// <summary>Creates a connection for a run, with the types of the contexts.</summary>
    public NpgsqlConnection CreateSession(RunIdentity run) => Source.CreateSession(run, Configure);

    /// <summary>Looks around on a connection, and remembers the target.</summary>
    public async Task<ServerState> LookAsync(
        NpgsqlConnection connection,
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    )
    {
        var state = await ServerState
            .ReadAsync(connection, databases.Select(database => database.History.Table), cancellationToken)
            .ConfigureAwait(false);
        Target = state.Target;
        foreach (var database in databases)
        {
            ((PostgreSqlStorage)database.Storage).Target = state.Target;
        }
        return state;
    }

    /// <summary>Makes a dump, of which failures tell the reasons.</summary>
    public async Task<StorageCopy> DumpAsync(
        Func<CancellationToken, Task<StorageCopy>> dump,
        string file,
        WorkLimits limits
    )
    {
        try
        {
            return await LimitedWork.RunAsync(Address, limits, dump).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DumpProcessException or NotSupportedException)
        {
            throw new BackupFailedException(file, failure.Message, failure);
        }
    }

    /// <summary>The same storage in a scratch database.</summary>
    public PostgreSqlStorage In(ScratchDatabase scratch) =>
        new(Source.For(scratch.Name)) { OwnScratch = scratch, Home = Source };

    /// <summary>Prepares a connection for what the contexts write.</summary>
    public void Configure(NpgsqlDataSourceBuilder connections)
    {
        foreach (var database in _databases)
        {
            database.Configure(connections);
        }
    }

    /// <inheritdoc cref="TryOpenAsync"/>
    private Task<NpgsqlConnection?> TryConnectAsync(CancellationToken cancellationToken) =>
        TryOpenAsync(Source.CreateReader(), cancellationToken);

    /// <returns>The open connection; <see langword="null"/> if the server has no such database.</returns>
    private async Task<NpgsqlConnection?> TryOpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (NpgsqlException failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            return ServerErrors.IsMissing(failure)
                ? null
                : throw failure.ToAccessException(MigrationPhase.Plan, Address);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<bool> TryWriteCacheAsync(
        NpgsqlConnection connection,
        IPostgreSqlDatabase database,
        DatabaseCache cache
    )
    {
        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await connection
                .ExecuteAsync("SET LOCAL synchronous_commit = local", CancellationToken.None)
                .ConfigureAwait(false);
            var server = await LookAsync(connection, [database], CancellationToken.None).ConfigureAwait(false);
            var schema = StateReader.SchemaOf(database, server.Target);
            if (
                !server.Has(schema, MigratorTables.Cache)
                || !await RunLock
                    .TryAcquireForTransactionAsync(connection, CancellationToken.None)
                    .ConfigureAwait(false)
            )
            {
                return false;
            }
            await new HistoryWriter(connection, schema)
                .WriteAsync(database.Owner, cache, CancellationToken.None)
                .ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return true;
        }
    }
}
