using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>Everything that differs between the database systems that RAG Studio's data can be stored in.</summary>
internal abstract class StorageProvider
{
    private static StorageProvider? _postgreSql;

    /// <summary>Makes PostgreSQL available in this process.</summary>
    public static void Register(StorageProvider postgreSql) => _postgreSql = postgreSql;

    public static bool IsAvailable(DataProvider provider) =>
        provider != DataProvider.PostgreSql || _postgreSql is not null;

    /// <exception cref="InvalidOperationException">The package of the provider is missing.</exception>
    public static StorageProvider For(DataProvider provider) =>
        provider != DataProvider.PostgreSql
            ? SqliteStorageProvider.Instance
            : _postgreSql ?? throw new InvalidOperationException(Missing);

    public const string Missing =
        "RAG Studio's data is to be stored in PostgreSQL, which this program does not know. Nothing was opened. "
        + "Reference the package RagStudio.Data.PostgreSql, and call services.AddRagStudioPostgreSql(), or RagStudioPostgreSql.Register() without a service container.";

    /// <summary>The provider that a context's options name; SQLite if they name none.</summary>
    public static StorageProvider Of(IInfrastructure<IServiceProvider> context) =>
        context.GetService<IDbContextOptions>().FindExtension<StorageExtension>()?.Provider
        ?? SqliteStorageProvider.Instance;

    public abstract RagStudioDatabase AppMeta(RagStudioDataOptions options);

    /// <param name="options">The options.</param>
    /// <param name="wait">How long to wait for a file that is locked.</param>
    public abstract RagStudioDatabase Events(RagStudioDataOptions options, TimeSpan wait);

    /// <summary>Adds a database to the set that is migrated.</summary>
    public abstract void Add<TContext>(
        MigratorBuilder migrator,
        RagStudioDatabase database,
        RagStudioDataOptions options
    )
        where TContext : DbContext;

    /// <summary>Sets the types of a context's columns.</summary>
    public abstract void Configure(ModelConfigurationBuilder conventions, DbContext context);

    /// <summary>Completes a context's model before the configurations of its entities.</summary>
    public virtual void Configure(ModelBuilder model, DbContext context) { }

    /// <summary>Lets a column contain valid JSON only.</summary>
    public abstract void ConfigureJson(IMutableProperty column);

    /// <summary>Tells why the database refused a statement, and with it the whole transaction or call.</summary>
    /// <param name="answer">The database's exception.</param>
    /// <param name="model">The context's model.</param>
    /// <returns><see langword="null"/> if it gave no such answer; the outcome may then be unknown.</returns>
    public abstract RowRefusal? Classify(DbException answer, IModel model);

    /// <summary>The name by which a rule knows a table of a database of the set.</summary>
    public virtual string RuleTable(string database, string table) => table;

    /// <summary>The rule that finds text that is not JSON in columns that may contain no other.</summary>
    public abstract ValidationRule JsonRule(string table, params IReadOnlyList<string> columns);

    /// <summary>The rule that finds chunks which a search misses.</summary>
    public abstract ValidationRule SearchIndexRule();

    /// <summary>
    /// The expression for what <c>$.kb_id</c> of an event's data names, word for word as it is indexed: text, or NULL
    /// for nothing.
    /// </summary>
    public abstract string NamedKnowledgeBase { get; }

    /// <summary>The condition that <see cref="NamedKnowledgeBase"/> is one of several texts.</summary>
    public abstract (string Sql, object Parameter) IsNamed(IReadOnlyList<string> knowledgeBases);

    /// <inheritdoc cref="WriteTransactions.BeginWriteAsync"/>
    public abstract Task<IDbContextTransaction> BeginWriteAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    );

    /// <summary>Excludes in a transaction that has begun whom <see cref="BeginWriteAsync"/> excludes.</summary>
    public abstract Task ExcludeWritersAsync(DatabaseFacade database, CancellationToken cancellationToken);

    /// <summary>
    /// Begins a transaction that reads the database as it is now, whatever others commit, and blocks nobody. It ends with
    /// the context.
    /// </summary>
    public abstract Task<IDbContextTransaction> BeginReadAsync(
        DatabaseFacade database,
        CancellationToken cancellationToken
    );

    /// <summary>Excludes everyone who would write to tables until the transaction ends.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tables">Their names in a statement.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task ExcludeWritersAsync(
        DatabaseFacade database,
        IEnumerable<string> tables,
        CancellationToken cancellationToken
    );

    /// <summary>Lets the database count on after the largest value of a column that it counts.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The table's name in a statement.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task CountOnAsync(
        DatabaseFacade database,
        string table,
        string column,
        CancellationToken cancellationToken
    );

    /// <summary>Opens a watch over the event log, which sees every change after this call.</summary>
    /// <param name="context">The context whose connection the watch uses, and which it disposes.</param>
    /// <param name="interval">How often to look for changes that nobody announces.</param>
    /// <param name="time">Measures the interval.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task<LogWatch> WatchAsync(
        EventsContext context,
        TimeSpan interval,
        TimeProvider time,
        CancellationToken cancellationToken
    );

    /// <summary>The query of <see cref="ChunkSearch.FindAsync"/>, with the columns of <see cref="ChunkMatch"/>.</summary>
    public abstract FormattableString SearchChunks(string knowledgeBaseId, string text, int offset, int limit);

    /// <inheritdoc cref="WriteTransactions.FlushAsync"/>
    public abstract Task FlushAsync(DatabaseFacade database, CancellationToken cancellationToken);
}
