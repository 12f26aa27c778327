using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>A database file that one connection reads, and sees as it was when the reader was opened.</summary>
internal class SqliteStorageReader(SqliteConnection connection, string path) : IStorageReader
{
    protected SqliteConnection Connection => connection;

    protected string Path => path;

    public Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(
            SqliteState.Read(connection.Handle!, (ISqliteMigrationDatabase)database, historyLimit: 0)
        );
    }

    public Task<StorageCopy> BackUpAsync(
        string file,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    ) => SqliteBackup.WriteAsync(connection, path, file, progress, limits);

    public Task CloneAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits) =>
        SqliteBackup.CloneAsync(connection, path, file, progress, limits);

    public virtual Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits) =>
        Task.FromResult(SqliteWork.Run(connection, limits, () => SqliteChecks.Run(connection, depth)));

    public Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits) =>
        Task.FromResult(SqliteWork.Run(connection, limits, () => SqliteRows.Count(connection)));

    public bool EnforcesReferences => connection.Number("PRAGMA foreign_keys") != 0;

    public Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits) =>
        Task.FromResult(
            SqliteWork.Run(
                connection,
                limits,
                () => SqliteSchema.Read(connection, databases.Cast<ISqliteMigrationDatabase>())
            )
        );

    public Task<SchemaFingerprint?> ReadFingerprintAsync(
        IMigrationDatabase database,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(SqliteFingerprints.Read(connection, database.Name));
    }

    public Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(
        DatabaseSchema schema,
        WorkLimits limits
    ) => Task.FromResult(SqliteWork.Run(connection, limits, () => SqlitePerformance.Find(connection, schema)));

    public Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    )
    {
        // Whoever declares a rule writes its SQL: it must not change what it checks, on a connection that may write. The switch
        // stands outside of what a limit interrupts, or an interrupted switch would leave the run nothing to restore with.
        connection.Execute("PRAGMA query_only = ON");
        try
        {
            SqliteWork.Run(connection, limits, () => SqliteQuery.Run(connection, sql, parameters, forEach));
        }
        finally
        {
            connection.Execute("PRAGMA query_only = OFF");
        }
        return Task.CompletedTask;
    }

    public string Quote(string identifier) => SqliteText.Quote(identifier);

    public virtual ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
