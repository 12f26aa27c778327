namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// A storage that is open for reading. A reader sees a single state, whatever others write meanwhile. Not safe for
/// several threads at once.
/// </summary>
public interface IStorageReader : IAsyncDisposable
{
    /// <summary>Reads the state of a database of this storage.</summary>
    /// <param name="database">The database to read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The state, without history records.</returns>
    Task<DatabaseState> ReadAsync(IMigrationDatabase database, CancellationToken cancellationToken);

    /// <summary>Reads from the history which storage this is, and which run changed it last.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The trace.</returns>
    Task<HistoryTrace> ReadHistoryTraceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Copies everything that is committed into a new file. If the storage is a file, the copy is no more readable.
    /// </summary>
    /// <param name="file">The file to create; it must not exist.</param>
    /// <param name="progress">Receives the number of bytes copied, and their total.</param>
    /// <param name="limits">The limits of the copying; if they end it, a partial file may remain.</param>
    /// <returns>The copy, which is flushed.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<StorageCopy> BackUpAsync(string file, IProgress<(long Copied, long Total)>? progress, WorkLimits limits);

    /// <summary>
    /// Copies the storage as <see cref="BackUpAsync"/> does, into one that works like the original, so that a
    /// rehearsal on it behaves as the run will. A provider may copy only a part of the rows: those that others refer to
    /// are among them.
    /// </summary>
    /// <param name="copy">
    /// The storage that <see cref="IScratch.ReserveAsync"/> returned. It has no content yet; one that exists is only checked:
    /// it must be another storage, and at the same version.
    /// </param>
    /// <param name="request">What is cloned.</param>
    /// <param name="progress">Receives the number of bytes copied, and their total.</param>
    /// <param name="limits">The limits of the copying; if they end it, a partial copy may remain.</param>
    /// <returns>How much of each table was copied; empty for everything.</returns>
    /// <exception cref="NoScratchException">The storage cannot be copied.</exception>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<IReadOnlyList<ClonedTable>> CloneAsync(
        IDatabaseStorage copy,
        CloneRequest request,
        IProgress<(long Copied, long Total)>? progress,
        WorkLimits limits
    );

    /// <summary>
    /// Checks the storage's structure, its references and the migrator's history in it, by
    /// <see cref="RagStudio.Data.Migrator.Steps.HistoryChain"/>.
    /// </summary>
    /// <param name="depth">How much of the structure is checked; never <see cref="CheckDepth.BySize"/>.</param>
    /// <param name="limits">The limits of the check.</param>
    /// <returns>The findings.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<StorageCheck> CheckAsync(CheckDepth depth, WorkLimits limits);

    /// <summary>
    /// Checks some tables as <see cref="CheckAsync(CheckDepth, WorkLimits)"/> does, with the references from and to
    /// them, and the migrator's history.
    /// </summary>
    /// <param name="tables">The tables; names that the storage does not have are ignored.</param>
    /// <param name="depth">How much of the structure is checked; never <see cref="CheckDepth.BySize"/>.</param>
    /// <param name="limits">The limits of the check.</param>
    /// <returns>The findings. Default: those of the whole storage.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<StorageCheck> CheckAsync(IReadOnlyCollection<string> tables, CheckDepth depth, WorkLimits limits) =>
        CheckAsync(depth, limits);

    /// <summary>True if a deletion on the application's connections also acts on the rows that refer to the deleted ones.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    bool EnforcesForeignKeys => true;

    /// <summary>
    /// Counts the rows of every table. <b>Two counts by one session differ by its own changes only</b>, whatever others
    /// have written in between: they show which rows a run has lost.
    /// </summary>
    /// <param name="limits">The limits of the counting.</param>
    /// <returns>The number of rows of each table.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<IReadOnlyDictionary<string, long>> CountRowsAsync(WorkLimits limits);

    /// <summary>Counts the rows of some tables as <see cref="CountRowsAsync(WorkLimits)"/> does.</summary>
    /// <param name="tables">The tables; names that the storage does not have are ignored.</param>
    /// <param name="limits">The limits of the counting.</param>
    /// <returns>The number of rows of each of them, at least. Default: of all tables.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<IReadOnlyDictionary<string, long>> CountRowsAsync(IReadOnlyCollection<string> tables, WorkLimits limits) =>
        CountRowsAsync(limits);

    /// <summary>Reads the present tables and views, except those that belong to EF and the migrator.</summary>
    /// <param name="databases">The databases of this storage.</param>
    /// <param name="limits">The limits of the reading.</param>
    /// <returns>The schema of the whole storage.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<DatabaseSchema> ReadSchemaAsync(IReadOnlyList<IMigrationDatabase> databases, WorkLimits limits);

    /// <summary>Why the schema cannot be compared with what the applied migrations create.</summary>
    /// <value>The end of a sentence for people; default <see langword="null"/>: it can be.</value>
    string? CannotCompareSchema => null;

    /// <summary>Finds what makes the storage slower or larger than necessary.</summary>
    /// <param name="schema">The schema that <see cref="ReadSchemaAsync"/> returned.</param>
    /// <param name="limits">The limits of the search.</param>
    /// <returns>A warning for each.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task<IReadOnlyList<ValidationWarning>> FindPerformanceIssuesAsync(DatabaseSchema schema, WorkLimits limits);

    /// <summary>Runs a query; one that writes is refused.</summary>
    /// <param name="sql">The query, in the storage's SQL.</param>
    /// <param name="parameters">The values of its parameters, by their names in the query.</param>
    /// <param name="forEach">Called for each row.</param>
    /// <param name="limits">The limits of the query.</param>
    /// <returns>A task that ends when every row was read.</returns>
    /// <exception cref="TimeoutException">The time limit was exceeded.</exception>
    Task QueryAsync(
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        WorkLimits limits
    );

    /// <summary>Moves tables to another storage, or from it.</summary>
    /// <value>Default: <see langword="null"/>, for a storage whose tables cannot be moved.</value>
    ITableRelocation? Relocation => null;

    /// <summary>Quotes an identifier for a query.</summary>
    /// <param name="identifier">The name of a column, or of a table without a schema.</param>
    /// <returns>The quoted name.</returns>
    string Quote(string identifier);

    /// <summary>Quotes the name of a table for a query.</summary>
    /// <param name="table">Its name, as <see cref="IMigrationDatabase.NameOf"/> returns it.</param>
    /// <returns>Default: <see cref="Quote"/>'s.</returns>
    string QuoteTable(string table) => Quote(table);
}
