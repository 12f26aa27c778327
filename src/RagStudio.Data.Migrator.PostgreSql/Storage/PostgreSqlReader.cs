using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.BackUp;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Rehearse;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.PostgreSql.Validate;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>A database as one connection sees it: by a snapshot, if the connection is in a transaction that has one.</summary>
internal class PostgreSqlReader(PostgreSqlStorage storage, NpgsqlConnection connection, ServerState server)
    : IStorageReader
{
    protected PostgreSqlStorage Storage => storage;

    protected virtual NpgsqlConnection Connection { get; } = connection;

    protected RowCounts Rows { get; set; } = new(server.Target ?? "public", storage.Source);

    /// <summary>True if a transaction is open on the connection.</summary>
    protected virtual bool IsInTransaction => true;

    /// <summary>The first schema of the <c>search_path</c>.</summary>
    protected string Target { get; } = server.Target ?? "public";

    public async Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            var known = (IPostgreSqlDatabase)database;
            var now = await LookAsync([known], cancellationToken).ConfigureAwait(false);
            var states = await StateReader
                .ReadAsync(Connection, now, [known], historyLimit: 0, cancellationToken)
                .ConfigureAwait(false);
            return states.Single();
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Plan, storage.Address);
        }
    }

    public async Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var now = await LookAsync(storage.Databases, cancellationToken).ConfigureAwait(false);
            return await HistoryTraceReader
                .FindAsync(Connection, now, storage.Databases, Target, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Plan, storage.Address);
        }
    }

    /// <remarks>Rows that are counted later are those of the copy, and the session's own changes.</remarks>
    public Task<StorageCopy> BackUpAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    ) =>
        storage.DumpAsync(
            token =>
                new DumpWriter(storage.Source, storage.Tools, Connection).WriteAsync(
                    file,
                    progress,
                    CountDumpedAsync,
                    IsInTransaction,
                    token
                ),
            file,
            limits
        );

    /// <remarks>Reads by another connection, whose snapshot ends with the copying.</remarks>
    public async Task<IReadOnlyList<ClonedTable>> CloneAsync(
        IDatabaseStorage copy,
        CloneRequest request,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        var target = (PostgreSqlStorage)copy;
        if (target.OwnScratch is not { } scratch)
        {
            await RehearsalTarget.DemandSameVersionAsync(target, request.Databases, limits.Token).ConfigureAwait(false);
            return [];
        }
        try
        {
            return await LimitedWork
                .RunAsync(
                    storage.Address,
                    limits,
                    token =>
                        new RehearsalCopy(storage.Source, scratch.Connection, Target, request).RunAsync(progress, token)
                )
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is DatabaseAccessException or TimeoutException)
        {
            throw new NoScratchException($"the rows could not be copied: {failure.Message}", failure);
        }
    }

    public Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits) =>
        LimitedWork.RunAsync(
            storage.Address,
            limits,
            async token =>
            {
                var now = await LookAsync(storage.Databases, token).ConfigureAwait(false);
                return await ServerChecks
                    .RunAsync(Connection, now, SchemasFor(storage.Databases), Target, depth, token)
                    .ConfigureAwait(false);
            }
        );

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits) =>
        LimitedWork.RunAsync(storage.Address, limits, CountRowsAsync);

    public virtual string? CannotCompareSchema => null;

    public virtual Task<DatabaseSchema> ReadSchemaAsync(
        IReadOnlyList<IMigrationDatabase> databases,
        WorkLimits limits
    ) =>
        LimitedWork.RunAsync(
            storage.Address,
            limits,
            token => SchemaReader.ReadAsync(Connection, [.. databases.Cast<IPostgreSqlDatabase>()], Target, token)
        );

    public Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(
        DatabaseSchema schema,
        WorkLimits limits
    ) => Task.FromResult(UnindexedKeys.Find(schema));

    public Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    ) =>
        LimitedWork.RunAsync(
            storage.Address,
            limits,
            async token =>
            {
                await RuleQuery
                    .RunAsync(Connection, IsInTransaction, sql, parameters, forEach, token)
                    .ConfigureAwait(false);
                return true;
            }
        );

    public string Quote(string identifier) => PostgreSqlText.Quote(identifier);

    public string QuoteTable(string table) => TableName.ToSql(table, Target);

    public virtual ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Counts in the snapshot of a dump.</summary>
    protected virtual Task CountDumpedAsync(CancellationToken cancellationToken)
    {
        Rows = new RowCounts(Target, storage.Source);
        return CountRowsAsync(cancellationToken);
    }

    private Task<IReadOnlyDictionary<string, long>> CountRowsAsync(CancellationToken cancellationToken) =>
        Rows.CountAsync(
            Connection,
            SchemasFor(storage.Databases),
            SchemaReader.LeftOut(storage.Databases),
            cancellationToken
        );

    protected Task<ServerState> LookAsync(
        IReadOnlyList<IPostgreSqlDatabase> databases,
        CancellationToken cancellationToken
    ) => storage.LookAsync(Connection, databases, cancellationToken);

    /// <summary>The schemas that belong to databases: where their unqualified tables are, and those that they name.</summary>
    protected string[] SchemasFor(IEnumerable<IPostgreSqlDatabase> databases) =>
        SchemaReader.SchemasOf(databases, Target);
}
