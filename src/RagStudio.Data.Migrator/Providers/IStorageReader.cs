namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is open for reading. Everything that a reader reads is from a single state, whatever others
/// write meanwhile. Not safe for use from several threads at once.
/// </summary>
public interface IStorageReader : IAsyncDisposable
{
    /// <summary>Reads the state that a database of this storage records.</summary>
    /// <param name="database">The database to read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state, without history records.</returns>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken);

    /// <summary>Reads the identity of the storage from its history, and its last change.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The trace of the history.</returns>
    Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Copies the storage, with everything committed, to a new file that is no more accessible than the
    /// storage.
    /// </summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Receives the number of copied bytes and their total.</param>
    /// <param name="limits">The time limits; if they stop the copying, part of the file may remain.</param>
    /// <returns>The copy, which is on disk by then.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<StorageCopy> BackUpAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits);

    /// <summary>
    /// Copies the storage like <see cref="BackUpAsync"/>, to a copy that behaves like the original, so a
    /// trial on it shows what would happen there.
    /// </summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Receives the number of copied bytes and their total.</param>
    /// <param name="limits">The time limits; if they stop the copying, part of the file may remain.</param>
    /// <returns>A task that ends when it is copied.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task CloneAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits);

    /// <summary>
    /// Checks the storage's structure, its references and the migrator's history in it, the latter with
    /// <see cref="RagStudio.Data.Migrator.Steps.HistoryChain"/>.
    /// </summary>
    /// <param name="depth">The depth of the structural check; never <see cref="CheckDepth.BySize"/>.</param>
    /// <param name="limits">The time limits.</param>
    /// <returns>The findings.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits);

    /// <summary>
    /// True if a deletion affects the rows that refer to the deleted ones, on the application's connections.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    bool EnforcesForeignKeys => true;

    /// <summary>Counts the rows of every table.</summary>
    /// <param name="limits">The time limits.</param>
    /// <returns>The number of rows of each table.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits);

    /// <summary>Reads the present tables and views, except those that EF and the migrator maintain.</summary>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">The time limits.</param>
    /// <returns>The schema of the whole storage.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>Finds what makes the storage slower or larger than necessary.</summary>
    /// <param name="schema">The schema that <see cref="ReadSchemaAsync"/> returned.</param>
    /// <param name="limits">The time limits.</param>
    /// <returns>A warning for each.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(DatabaseSchema schema, WorkLimits limits);

    /// <summary>Runs a query; one that tries to write is refused.</summary>
    /// <param name="sql">The query, in the language of the storage.</param>
    /// <param name="parameters">The values of its parameters, by their names in the query.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="limits">The time limits.</param>
    /// <returns>A task that ends when every row was read.</returns>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    );

    /// <summary>Quotes an identifier for a query.</summary>
    /// <param name="identifier">The name of a table or a column.</param>
    /// <returns>The quoted name.</returns>
    string Quote(string identifier);
}
