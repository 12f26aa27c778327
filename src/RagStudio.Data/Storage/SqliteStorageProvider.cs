using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Logs;
using SQLitePCL;

namespace RagStudio.Data;

/// <summary>RAG Studio's data in SQLite files.</summary>
internal sealed class SqliteStorageProvider : StorageProvider
{
    public static SqliteStorageProvider Instance { get; } = new();

    public override RagStudioDatabase AppMeta(RagStudioDataOptions options) =>
        Create(options, "app_meta", DatabaseLayout.AppMetaFile, options.AppMetaSynchronous);

    public override RagStudioDatabase Events(RagStudioDataOptions options, TimeSpan wait) =>
        EventsIn(options, DatabaseLayout.IsSingle(options, wait));

    /// <summary>The database of the events in one of both layouts, whatever there is.</summary>
    /// <param name="options">The options.</param>
    /// <param name="isSingle">True for the file of the other tables.</param>
    public static RagStudioDatabase EventsIn(RagStudioDataOptions options, bool isSingle) =>
        isSingle
            ? Create(
                options,
                "events",
                DatabaseLayout.AppMetaFile,
                options.EventsSynchronous,
                DatabaseLayout.SingleHistoryTable
            )
            : Create(options, "events", DatabaseLayout.EventsFile, options.EventsSynchronous);

    public override void Add<TContext>(
        MigratorBuilder migrator,
        RagStudioDatabase database,
        RagStudioDataOptions options
    ) =>
        migrator.AddSqliteDatabase<TContext>(
            database.Name,
            _ => new FileInfo(database.Path!),
            (_, sqlite) =>
            {
                sqlite.MigrationsHistoryTable = database.HistoryTable;
                sqlite.ForeignKeys = options.Connections.ForeignKeys;
                sqlite.DerivedTables.UnionWith(["chunk_search", "chunk_search_rows"]);
            }
        );

    public override void Configure(ModelConfigurationBuilder conventions, DbContext context)
    {
        conventions.Properties<bool>().HaveColumnType("BOOLEAN");
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
    }

    /// <remarks>NULL is tested explicitly: before SQLite 3.45 json_valid(NULL) was 0.</remarks>
    public override void ConfigureJson(IMutableProperty column)
    {
        var entity = (IMutableEntityType)column.DeclaringType;
        var name = column.GetColumnName();
        entity.AddCheckConstraint(
            $"CK_{entity.GetTableName()}_{name}",
            $"\"{name}\" IS NULL OR json_valid(\"{name}\")"
        );
    }

    /// <remarks>
    /// Applies only once the CHECK constraint exists: earlier versions stored any text, which the migration before the one
    /// that adds the constraint converts to JSON.
    /// </remarks>
    public override ValidationRule JsonRule(string table, params IReadOnlyList<string> columns) =>
        new JsonRule(table, columns) { OnlyWhereChecked = true };

    /// <remarks>
    /// Requires the search index to have a row for each chunk and no other: its triggers keep it so, unless they are
    /// dropped, or a REPLACE deletes a chunk without them. The tables of FTS5 itself are not named as the rule's: they are
    /// no tables of the schema, and a migration makes them together with chunk_search_rows.
    /// </remarks>
    public override ValidationRule SearchIndexRule() =>
        new SqlRule(
            "search index of document_chunks",
            [new RuleTable("document_chunks", ["id"]), new RuleTable("chunk_search_rows", ["id", "chunk_id"])],
            """
            SELECT chunks.id, 'the search index lacks the chunk ' || chunks.id
            FROM document_chunks AS chunks
            WHERE NOT EXISTS (
                SELECT 1 FROM chunk_search_rows AS rows JOIN chunk_search_docsize AS indexed ON indexed.id = rows.id
                WHERE rows.chunk_id = chunks.id)
            UNION ALL
            SELECT indexed.id, 'row ' || indexed.id || ' of the search index belongs to no chunk'
            FROM chunk_search_docsize AS indexed
            WHERE NOT EXISTS (SELECT 1 FROM chunk_search_rows AS rows WHERE rows.id = indexed.id)
            """,
            ValidationErrorKind.OrphanedRecord
        );

    /// <remarks>SQLite uses the index for no other spelling (https://sqlite.org/expridx.html).</remarks>
    public override string NamedKnowledgeBase =>
        """CASE WHEN json_valid("event_data") THEN json_extract("event_data", '$.kb_id') END""";

    public override (string Sql, object Parameter) IsNamed(IReadOnlyList<string> knowledgeBases) =>
        ($"{NamedKnowledgeBase} IN (SELECT value FROM json_each(@named))", TextList.ToJson(knowledgeBases));

    public override RowRefusal? Classify(DbException answer, IModel model) =>
        (answer as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_CONSTRAINT => ((SqliteException)answer).SqliteExtendedErrorCode switch
            {
                raw.SQLITE_CONSTRAINT_FOREIGNKEY => RowRefusal.ForeignKey,
                // SQLite enforces RESTRICT by a trigger of its own. Others speak for themselves: those of data that has moved.
                raw.SQLITE_CONSTRAINT_TRIGGER when answer.Message.Contains("FOREIGN KEY constraint failed") =>
                    RowRefusal.ForeignKey,
                raw.SQLITE_CONSTRAINT_TRIGGER => null,
                raw.SQLITE_CONSTRAINT_PRIMARYKEY => RowRefusal.ExistingKey,
                raw.SQLITE_CONSTRAINT_UNIQUE => RowRefusal.Duplicate,
                _ => RowRefusal.InvalidValue,
            },
            raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH => RowRefusal.InvalidValue,
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => RowRefusal.Busy,
            raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR => RowRefusal.Unavailable,
            _ => null,
        };

    /// <remarks>
    /// Microsoft.Data.Sqlite uses BEGIN IMMEDIATE unless a deferred transaction is requested, which EF never
    /// does. A deferred one would fail with SQLITE_BUSY_SNAPSHOT, which no timeout helps with, if another
    /// writer came in between its first read and its first write (https://www.sqlite.org/isolation.html).
    /// </remarks>
    public override Task<IDbContextTransaction> BeginWriteAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    ) => database.BeginTransactionAsync(cancellationToken);

    /// <remarks>There is one write lock for the file, and the transaction has it.</remarks>
    public override Task ExcludeWritersAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <remarks>A deferred transaction takes its snapshot at its first read.</remarks>
    public override async Task<IDbContextTransaction> BeginReadAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var connection = (SqliteConnection)database.GetDbConnection();
        var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
        var snapshot = await database.UseTransactionAsync(transaction, cancellationToken).ConfigureAwait(false);
        await database
            .ExecuteSqlRawAsync("SELECT count(*) FROM sqlite_schema", cancellationToken)
            .ConfigureAwait(false);
        return snapshot!;
    }

    /// <inheritdoc cref="ExcludeWritersAsync(DatabaseFacade, CancellationToken)"/>
    public override Task ExcludeWritersAsync(
        DatabaseFacade database,
        IEnumerable<string> tables,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    /// <remarks>AUTOINCREMENT counts on after any row, whoever chose its number.</remarks>
    public override Task CountOnAsync(
        DatabaseFacade database,
        string table,
        string column,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public override Task<LogWatch> WatchAsync(
        EventsContext context,
        TimeSpan interval,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => SqliteLogWatch.OpenAsync(context, interval, time, cancellationToken);

    public override FormattableString SearchChunks(string knowledgeBaseId, string text, int offset, int limit) =>
        $"""
            SELECT c.id AS "ChunkId", c.document_id AS "DocumentId", d.title AS "DocumentTitle",
                c.chunk_index AS "ChunkIndex", c.content AS "Content", m.score AS "Score"
            FROM (
                SELECT c.id AS chunk_id, -s.rank AS score
                FROM chunk_search AS s
                JOIN chunk_search_rows AS r ON r.id = s.rowid
                JOIN document_chunks AS c ON c.id = r.chunk_id
                WHERE s.chunk_search MATCH {SearchTerms.ToFts5(text)} AND c.kb_id = {knowledgeBaseId}
                ORDER BY s.rank, c.id
                LIMIT {limit} OFFSET {offset}
            ) AS m
            JOIN document_chunks AS c ON c.id = m.chunk_id
            JOIN documents AS d ON d.id = c.document_id
            ORDER BY m.score DESC, c.id
            """;

    /// <remarks>
    /// <para>A commit with <c>synchronous = FULL</c> flushes the whole write-ahead log
    /// (https://sqlite.org/pragma.html#pragma_synchronous) and reports a failed flush; this one writes the number that
    /// is already stored.</para>
    /// <para>An earlier flush may have failed unnoticed: SQLite's automatic checkpoint swallows the error, and Linux
    /// considers the lost pages written, so the next flush succeeds without them (decision 12). Therefore an explicit
    /// checkpoint writes the pages of the log into the database, flushes that, and empties the log. The settings belong
    /// to the connection, and the interceptor sets its own at the next opening.</para>
    /// </remarks>
    public override async Task FlushAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        // The first pragma has no effect within a transaction.
        await database
            .ExecuteSqlRawAsync("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0", cancellationToken)
            .ConfigureAwait(false);
        using (var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            await RewriteVersionAsync(database, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        var connection = (SqliteConnection)database.GetDbConnection();
        // Waiting for a reader would block every writer, and a backup reads for minutes.
        raw.sqlite3_busy_timeout(connection.Handle, 0);
        FlushedCheckpoint.TryRun(connection);
    }

    private static async Task RewriteVersionAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        using var command = database.GetDbConnection().CreateCommand();
        command.Transaction = database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = "PRAGMA user_version";
        var version = (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static RagStudioDatabase Create(
        RagStudioDataOptions options,
        string name,
        string file,
        SqliteSynchronous synchronous,
        string historyTable = DatabaseLayout.SplitHistoryTable
    )
    {
        var path = Path.GetFullPath(Path.Combine(options.DataDirectory, file));
        var interceptor = new SqliteConnectionInterceptor(options.Connections, synchronous);
        return new(
            name,
            ConnectionStringFor(path, options.Connections),
            (builder, database) =>
                builder
                    .UseSqlite(
                        database.ConnectionString,
                        sqlite =>
                            sqlite
                                .MigrationsHistoryTable(database.HistoryTable)
                                .ExecutionStrategy(dependencies => new TypedErrorStrategy(dependencies))
                    )
                    .AddInterceptors(interceptor)
        )
        {
            Path = path,
            HistoryTable = historyTable,
        };
    }

    private static Func<string> ConnectionStringFor(string path, SqliteConnectionSettings settings)
    {
        // The provider retries a busy statement for this long, whatever SQLite's own busy_timeout is; 0 means forever.
        var timeout = Math.Max(1, (int)Math.Ceiling(settings.BusyTimeout.TotalSeconds));
        var foreignKeys = settings.ForeignKeys;
        return () =>
            // The framework's class is precompiled; Microsoft.Data.Sqlite's own would be JIT-compiled at each start.
            new DbConnectionStringBuilder
            {
                ["Data Source"] = path,
                ["Foreign Keys"] = foreignKeys,
                ["Default Timeout"] = timeout,
            }.ConnectionString;
    }
}
