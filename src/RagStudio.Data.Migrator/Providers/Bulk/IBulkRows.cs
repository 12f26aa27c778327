namespace RagStudio.Data.Migrator.Providers;

/// <summary>Reads and writes the rows of a held storage in bulk, by the tables of a context's model.</summary>
public interface IBulkRows
{
    /// <summary>Keeps everybody else from writing tables until the session ends, so that all reads see one state.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="lockTimeout">The longest time to wait for those who write them.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <returns>When they are held.</returns>
    /// <exception cref="DatabaseLockedException">Somebody else went on writing.</exception>
    Task HoldAsync(IReadOnlyList<BulkTable> tables, TimeSpan lockTimeout, CancellationToken cancellationToken);

    /// <summary>
    /// Reads all rows of a table in any order, as the values that the columns' mappings read; an <see cref="UnreadableValue"/>
    /// where the database holds something else. Of a table without columns, each row is an empty array.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows, each in the same array.</returns>
    IAsyncEnumerable<object?[]> ReadAsync(BulkTable table, CancellationToken cancellationToken);

    /// <summary>
    /// Prepares the open transaction, or begins one, for the rows of tables: their references may come in any order.
    /// </summary>
    /// <param name="tables">All tables to be written, in the order of the writing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>When rows can be written.</returns>
    Task BeginWriteAsync(IReadOnlyList<BulkTable> tables, CancellationToken cancellationToken);

    /// <summary>Removes all rows of a table, within what <see cref="BeginWriteAsync"/> has begun.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>When it is empty.</returns>
    Task EmptyAsync(BulkTable table, CancellationToken cancellationToken);

    /// <summary>Writes rows to a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="rows">The values for its columns' mappings; the writer is done with a row when it asks for the next.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <returns>When all are written.</returns>
    Task WriteAsync(BulkTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken);

    /// <summary>Reads the last number that each generated key of a table was given, by the column's position.</summary>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The numbers; without columns of which none was ever generated, or of which the database keeps none.</returns>
    Task<IReadOnlyDictionary<int, long>> ReadIdentitiesAsync(BulkTable table, CancellationToken cancellationToken);

    /// <summary>Sets the generators of keys behind the greatest key, and behind given numbers.</summary>
    /// <param name="table">The table, with all its rows.</param>
    /// <param name="last">The numbers that were given before, by the column's position.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>When they are set.</returns>
    Task SetIdentitiesAsync(BulkTable table, IReadOnlyDictionary<int, long> last, CancellationToken cancellationToken);

    /// <summary>Checks all references, and ends what <see cref="BeginWriteAsync"/> has begun.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>When the references are right.</returns>
    Task EndWriteAsync(CancellationToken cancellationToken);

    /// <summary>How exactly a column keeps values.</summary>
    /// <param name="column">The column.</param>
    /// <returns>The precision.</returns>
    BulkPrecision PrecisionOf(BulkColumn column);

    /// <summary>Finds out why a column cannot hold a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value for the column's mapping, not <see langword="null"/>.</param>
    /// <returns>The reason as a clause that does not quote the value; <see langword="null"/> if it fits.</returns>
    string? FindMisfit(BulkColumn column, object value);

    /// <summary>True if the database takes some different values of a column for equal, in a unique index.</summary>
    /// <param name="column">The column.</param>
    bool Folds(BulkColumn column);

    /// <summary>Converts a value so that those are equal which the database takes for equal.</summary>
    /// <param name="column">A column that <see cref="Folds"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The converted value.</returns>
    object Fold(BulkColumn column, object value);
}
