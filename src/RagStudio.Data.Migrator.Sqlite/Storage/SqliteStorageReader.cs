using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.BackUp;
using RagStudio.Data.Migrator.Sqlite.Contexts;
using RagStudio.Data.Migrator.Sqlite.Copy;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>A database file as one connection sees it since the reader was opened.</summary>
internal class SqliteStorageReader(SqliteConnection connection, string path, ApplicationFunctions functions)
    : IStorageReader
{
    protected SqliteConnection Connection => connection;

    protected string Path => path;

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(SqliteState.Read(connection, (ISqliteMigrationDatabase)database, historyLimit: 0));
        }
        catch (SqliteException failure)
        {
            throw failure.ToMigrationException(MigrationPhase.Plan, path, TimeSpan.Zero);
        }
    }

    public Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteHistoryTrace.Read(connection.Handle!));
    }

    public Task<StorageCopy> BackUpAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    ) => CopyAsync(() => SqliteBackup.WriteAsync(connection, path, file, progress, limits));

    protected static async Task<StorageCopy> CopyAsync(Func<Task<StorageCopy>> copyAsync)
    {
        try
        {
            return await copyAsync().ConfigureAwait(false);
        }
        catch (SqliteException failure) when (failure.IsOfFile())
        {
            throw new IOException(failure.Message, failure);
        }
    }

    public async Task<IReadOnlyList<ClonedTable>> CloneAsync(
        IDatabaseStorage copy,
        CloneRequest request,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    )
    {
        await SqliteBackup
            .CloneAsync(connection, path, ((SqliteStorage)copy).Path, progress, limits)
            .ConfigureAwait(false);
        return [];
    }

    public Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits) =>
        RunCheckAsync(tables: null, depth, limits);

    public Task<StorageCheck> CheckAsync(IReadOnlyCollection<string> tables, CheckDepth depth, WorkLimits limits) =>
        RunCheckAsync(tables.ToHashSet(SqliteNameComparer.Instance), depth, limits);

    private Task<StorageCheck> RunCheckAsync(IReadOnlySet<string>? tables, CheckDepth depth, WorkLimits limits) =>
        functions.RunAsync(() =>
            InterruptibleWork.Run(
                connection,
                limits,
                interrupt => Check(tables, depth, interrupt, functions.AreRegistered)
            )
        );

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits) =>
        RunAsync(limits, () => SqliteRows.Count(connection));

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(
        IReadOnlyCollection<string> tables,
        WorkLimits limits
    ) => RunAsync(limits, () => SqliteRows.Count(connection, tables.ToHashSet(SqliteNameComparer.Instance)));

    public bool EnforcesForeignKeys => ForeignKeys.AreEnforced(connection);

    public Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits) =>
        Task.FromResult(
            InterruptibleWork.Run(
                connection,
                limits,
                () => SqliteSchema.Read(connection, databases.Cast<ISqliteMigrationDatabase>())
            )
        );

    public Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(
        DatabaseSchema schema,
        WorkLimits limits
    ) => RunAsync(limits, () => SqlitePerformance.Find(connection, schema));

    public async Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    )
    {
        // Rules contain SQL from the application, which must not change what it checks, on a connection that
        // can write. The switch is outside the part that a limit interrupts: otherwise an interrupted switch
        // would leave the run unable to restore.
        connection.Execute("PRAGMA query_only = ON");
        try
        {
            await RunAsync(limits, () => SqliteQuery.Run(connection, sql, parameters, forEach)).ConfigureAwait(false);
        }
        finally
        {
            connection.Execute("PRAGMA query_only = OFF");
        }
    }

    public ITableRelocation Relocation => field ??= new SqliteRelocation(connection);

    public string Quote(string identifier) => SqliteText.Quote(identifier);

    /// <param name="tables">The tables to check; <see langword="null"/> for the whole file.</param>
    /// <param name="depth">How much of the structure is checked.</param>
    /// <param name="interrupt">The limits of the check.</param>
    /// <param name="isLast">True to report what cannot be checked, because nothing more can be done about it.</param>
    protected virtual StorageCheck Check(
        IReadOnlySet<string>? tables,
        CheckDepth depth,
        SqliteInterrupt interrupt,
        bool isLast
    ) => SqliteChecks.Run(connection, tables, depth, isLast);

    private Task<T> RunAsync<T>(WorkLimits limits, Func<T> work) =>
        functions.RunAsync(() => InterruptibleWork.Run(connection, limits, work));

    public virtual ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
