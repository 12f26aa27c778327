using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RagStudio.Data.Migrator;
using RagStudio.Data.PostgreSql.CompiledModels;

namespace RagStudio.Data;

/// <summary>RAG Studio's data in one or two PostgreSQL databases, with a schema for each context.</summary>
internal sealed class PostgreSqlStorageProvider : StorageProvider
{
    private const string AppMetaSchema = "app_meta";
    private const string EventsSchema = "events";
    private const int Attempts = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);

    public static PostgreSqlStorageProvider Instance { get; } = new();

    public override RagStudioDatabase AppMeta(RagStudioDataOptions options) =>
        Create(AppMetaSchema, options.ConnectionString);

    public override RagStudioDatabase Events(RagStudioDataOptions options, TimeSpan wait) =>
        Create(EventsSchema, options.EventsConnectionString ?? options.ConnectionString);

    public override void Add<TContext>(
        MigratorBuilder migrator,
        RagStudioDatabase database,
        RagStudioDataOptions options
    ) =>
        migrator.AddPostgreSqlDatabase<TContext>(
            database.Name,
            database.ConnectionString,
            server =>
            {
                server.MigrationsAssembly = typeof(PostgreSqlStorageProvider).Assembly;
                server.MigrationsHistoryTable = database.HistoryTable;
                server.MigrationsHistorySchema = database.Schema;
                server.ConfigureContext = builder => UseModel(builder, database);
            }
        );

    public override void Configure(ModelConfigurationBuilder conventions, DbContext context)
    {
        if (context is EventsContext)
        {
            // The checksum of an event is over the text, with all its digits.
            conventions.Properties<DateTimeOffset>().HaveConversion<UtcTextConverter>();
        }
        else
        {
            conventions.Properties<DateTimeOffset>().HaveConversion<UtcTimeConverter>();
        }
        conventions.Conventions.Add(_ => new PostgreSqlColumnConvention(isForAllText: context is EventsContext));
    }

    public override void Configure(ModelBuilder model, DbContext context) =>
        model.HasDefaultSchema(context is EventsContext ? EventsSchema : AppMetaSchema);

    /// <remarks>
    /// Checksums are over the text of an event: <c>jsonb</c> would change it. Both types accept valid JSON only.
    /// </remarks>
    public override void ConfigureJson(IMutableProperty column) =>
        column.SetColumnType(column.DeclaringType.Model.GetDefaultSchema() == EventsSchema ? "json" : "jsonb");

    /// <remarks>Both names are ordinary identifiers.</remarks>
    public override string RuleTable(string database, string table) => $"{database}.{table}";

    public override ValidationRule JsonRule(string table, params IReadOnlyList<string> columns) =>
        new JsonTypeRule(table, columns);

    public override ValidationRule SearchIndexRule() => new SearchColumnRule();

    public override string NamedKnowledgeBase => """("events"."named_knowledge_base"("event_data") COLLATE "C")""";

    public override (string Sql, object Parameter) IsNamed(IReadOnlyList<string> knowledgeBases) =>
        ($"{NamedKnowledgeBase} = ANY (@named)", knowledgeBases.ToArray());

    public override RowRefusal? Classify(DbException answer, IModel model) =>
        (answer as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation => RowRefusal.ForeignKey,
            PostgresErrorCodes.UniqueViolation => IsKey(model, ((PostgresException)answer).ConstraintName)
                ? RowRefusal.ExistingKey
                : RowRefusal.Duplicate,
            PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.LockNotAvailable => RowRefusal.Busy,
            PostgresErrorCodes.ReadOnlySqlTransaction => RowRefusal.Unavailable,
            // 22: data exceptions, such as text that is not JSON; 23: constraints; 53, 57: resources, shutdown.
            ['2', '2' or '3', ..] => RowRefusal.InvalidValue,
            ['5', '3' or '7', ..] => RowRefusal.Unavailable,
            _ => null,
        };

    private static bool IsKey(IModel model, string? constraint) =>
        model.GetEntityTypes().Any(entity => entity.FindPrimaryKey()?.GetName() == constraint);

    /// <remarks>
    /// <para>An advisory lock of the context, held until the transaction has become visible: identity values are drawn
    /// after the ones of every transaction that is visible, and before the ones of every other.</para>
    /// <para>A snapshot that is older than the lock would not show what the last holder has committed, so that the
    /// isolation level is set, whatever the server's default.</para>
    /// </remarks>
    public override async Task<IDbContextTransaction> BeginWriteAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await BeginOnceAsync(database, cancellationToken).ConfigureAwait(false);
            }
            // A pooled connection whose session has ended, a failover: nothing was written yet.
            catch (NpgsqlException failure) when (failure.IsTransient && attempt < Attempts)
            {
                await Task.Delay(attempt * FirstDelay, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<IDbContextTransaction> BeginOnceAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        var transaction = await database
            .BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            await ExcludeWritersAsync(database, cancellationToken).ConfigureAwait(false);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override Task ExcludeWritersAsync(DatabaseFacade database, CancellationToken cancellationToken) =>
        database.ExecuteSqlRawAsync(LockOf(database), cancellationToken);

    /// <remarks>The first statement takes the snapshot of the whole transaction.</remarks>
    public override async Task<IDbContextTransaction> BeginReadAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    )
    {
        var transaction = await database
            .BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken)
            .ConfigureAwait(false);
        await database.ExecuteSqlRawAsync("SELECT 1", cancellationToken).ConfigureAwait(false);
        return transaction;
    }

    public override Task ExcludeWritersAsync(
        DatabaseFacade database,
        IEnumerable<string> tables,
        CancellationToken cancellationToken
    ) => database.ExecuteSqlRawAsync(LockOf(tables), cancellationToken);

    /// <remarks>A rollback does not take it back, which leaves a gap at most.</remarks>
    public override Task CountOnAsync(
        DatabaseFacade database,
        string table,
        string column,
        CancellationToken cancellationToken
    )
    {
        var largest = database.GetService<ISqlGenerationHelper>().DelimitIdentifier(column);
        return database.ExecuteSqlRawAsync(CountOn(table, largest), [table, column], cancellationToken);
    }

    private static string LockOf(IEnumerable<string> tables) =>
        $"LOCK TABLE {string.Join(", ", tables)} IN SHARE ROW EXCLUSIVE MODE";

    private static string CountOn(string table, string column) =>
        $"SELECT pg_catalog.setval(pg_catalog.pg_get_serial_sequence(@p0, @p1), max({column})) FROM {table} HAVING count(*) > 0";

    public override Task<LogWatch> WatchAsync(
        EventsContext context,
        TimeSpan interval,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => PostgreSqlLogWatch.OpenAsync(context, interval, cancellationToken);

    /// <remarks>plainto_tsquery takes no syntax, and the server takes no NUL.</remarks>
    public override FormattableString SearchChunks(string knowledgeBaseId, string text, int offset, int limit) =>
        $"""
            SELECT c.id AS "ChunkId", c.document_id AS "DocumentId", d.title AS "DocumentTitle",
                c.chunk_index AS "ChunkIndex", c.content AS "Content", m.score AS "Score"
            FROM (
                SELECT c.id AS chunk_id,
                    ts_rank(c.search, q.query, 1)::double precision AS score
                FROM app_meta.document_chunks AS c
                CROSS JOIN plainto_tsquery('simple', {text.Replace('\0', ' ')}) AS q (query)
                WHERE c.search @@ q.query AND c.kb_id = {knowledgeBaseId}
                ORDER BY score DESC, c.id
                LIMIT {limit} OFFSET {offset}
            ) AS m
            JOIN app_meta.document_chunks AS c ON c.id = m.chunk_id
            JOIN app_meta.documents AS d ON d.id = c.document_id
            ORDER BY m.score DESC, c.id
            """;

    /// <remarks>A commit has been flushed by the server when it is answered, unless <c>synchronous_commit</c> is off.</remarks>
    public override Task FlushAsync(DatabaseFacade database, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The keys have two parts, which the lock of a migration has not.</summary>
    private static string LockOf(DatabaseFacade database) =>
        database.GetService<ICurrentDbContext>().Context is EventsContext
            ? "SELECT pg_catalog.pg_advisory_xact_lock(1382114131, 2)"
            : "SELECT pg_catalog.pg_advisory_xact_lock(1382114131, 1)";

    private static RagStudioDatabase Create(string schema, string? connectionString) =>
        new(
            schema,
            () => ConnectionStrings.Complete(connectionString),
            (builder, database) =>
                UseModel(
                    builder.UseNpgsql(
                        database.ConnectionString,
                        npgsql =>
                            npgsql
                                .MigrationsHistoryTable(database.HistoryTable, database.Schema)
                                .MigrationsAssembly(typeof(PostgreSqlStorageProvider).Assembly)
                                .ExecutionStrategy(dependencies => new TypedErrorStrategy(dependencies))
                    ),
                    database
                )
        )
        {
            Schema = schema,
        };

    /// <summary>EF would find SQLite's compiled model, which is in the assembly of the contexts.</summary>
    private static void UseModel(DbContextOptionsBuilder builder, RagStudioDatabase database) =>
        builder
            .UseStorage(Instance)
            .UseModel(database.Name == EventsSchema ? EventsContextModel.Instance : AppMetaContextModel.Instance);
}
