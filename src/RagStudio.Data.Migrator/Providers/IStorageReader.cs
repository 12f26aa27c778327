namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is open for reading. All that one reader reads is of one state, whatever others write meanwhile. Not safe for several
/// threads at once.
/// </summary>
public interface IStorageReader : IAsyncDisposable
{
    /// <summary>Reads what a database of this storage says of itself.</summary>
    /// <param name="database">The database to read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The state, without history records.</returns>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken);

    /// <summary>Reads which storage this is by its history, and who changed it last.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What the history tells.</returns>
    Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken);

    /// <summary>Copies the storage, with everything committed, into a new file that is no more readable than the storage.</summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Told how many bytes of how many are copied.</param>
    /// <param name="limits">How long it may take; when they end it, a part of the file may be left.</param>
    /// <returns>The copy, which is on disk by then.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<StorageCopy> BackUpAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits);

    /// <summary>
    /// Copies the storage as <see cref="BackUpAsync"/> does, into one that works as the original does, so that what is tried on it goes as it would there.
    /// </summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Told how many bytes of how many are copied.</param>
    /// <param name="limits">How long it may take; when they end it, a part of the file may be left.</param>
    /// <returns>When it is copied.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task CloneAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits);

    /// <summary>Checks the storage's structure, its references and the migrator's history in it, by <see cref="RagStudio.Data.Migrator.Steps.HistoryChain"/>.</summary>
    /// <param name="depth">How much of the structure; never <see cref="CheckDepth.BySize"/>.</param>
    /// <param name="limits">How long it may take.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits);

    /// <summary>Whether a deletion acts on the rows that refer to what is deleted, on the connections of the application.</summary>
    /// <value>Default: it does.</value>
    bool EnforcesForeignKeys => true;

    /// <summary>Counts the rows of every table.</summary>
    /// <param name="limits">How long it may take.</param>
    /// <returns>The number of rows of each table.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits);

    /// <summary>Reads the tables and views as they are, without those that EF and the migrator keep for themselves.</summary>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">How long it may take.</param>
    /// <returns>The schema of the whole storage.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>Finds what makes the storage slower or larger than it needs to be.</summary>
    /// <param name="schema">The schema, as <see cref="ReadSchemaAsync"/> gave it.</param>
    /// <param name="limits">How long it may take.</param>
    /// <returns>A warning for each.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(DatabaseSchema schema, WorkLimits limits);

    /// <summary>Runs a query that writes nothing; one that tries to is refused.</summary>
    /// <param name="sql">The query, in the language of the storage.</param>
    /// <param name="parameters">The values of its parameters, by their names in the query.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="limits">How long it may take.</param>
    /// <returns>When every row was read.</returns>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    );

    /// <summary>An identifier as it may stand in a query.</summary>
    /// <param name="identifier">The name of a table or a column.</param>
    /// <returns>The quoted name.</returns>
    string Quote(string identifier);
}
