using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>The rows of a file that a session holds: nobody else reads or writes it anyway.</summary>
internal sealed class SqliteBulkRows(SqliteConnection connection) : IBulkRows
{
    private const int RowsBetweenChecks = 1000;

    private readonly SecondaryIndexes _indexes = new(connection);
    private SqliteTransaction? _transaction;

    public Task HoldAsync(IReadOnlyList<BulkTable> tables, TimeSpan lockTimeout, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public async IAsyncEnumerable<object?[]> ReadAsync(
        BulkTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var cells = table.Columns.Select(column => new SqliteCell(column)).ToArray();
        var row = new object?[cells.Length];
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"SELECT {Names(table)} FROM {SqliteText.Quote(table.Table.Name)}";
            command.Transaction = _transaction;
            var reader = command.ExecuteReader();
            await using (reader.ConfigureAwait(false))
            {
                for (var read = 0; reader.Read(); read++)
                {
                    if (read % RowsBetweenChecks == 0)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }
                    for (var i = 0; i < cells.Length; i++)
                    {
                        row[i] = cells[i].Read(reader, i);
                    }
                    yield return row;
                }
            }
        }
    }

    /// <summary>References are checked at the commit, so that rows can come in any order.</summary>
    public Task BeginWriteAsync(IReadOnlyList<BulkTable> tables, CancellationToken cancellationToken)
    {
        RollBack();
        _transaction = connection.BeginTransaction();
        connection.Execute("PRAGMA defer_foreign_keys = ON");
        _indexes.Drop([.. tables.Select(table => table.Table.Name)]);
        return Task.CompletedTask;
    }

    public Task EmptyAsync(BulkTable table, CancellationToken cancellationToken)
    {
        connection.Execute($"DELETE FROM {SqliteText.Quote(table.Table.Name)}");
        return Task.CompletedTask;
    }

    public async Task WriteAsync(BulkTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        using var insert = new RowInsert(connection, _transaction, table);
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            insert.Add(row);
        }
        insert.Complete();
    }

    public Task<IReadOnlyDictionary<int, long>> ReadIdentitiesAsync(
        BulkTable table,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<int, long>();
        if (IdentityOf(table) is { } column && connection.HasTable("sqlite_sequence"))
        {
            connection.Handle!.ForEach(
                "SELECT \"seq\" FROM sqlite_sequence WHERE \"name\" = ?",
                row => found[column] = row.Int64(0),
                table.Table.Name
            );
        }
        return Task.FromResult<IReadOnlyDictionary<int, long>>(found);
    }

    /// <summary>SQLite itself has set it behind the greatest key.</summary>
    public Task SetIdentitiesAsync(
        BulkTable table,
        IReadOnlyDictionary<int, long> last,
        CancellationToken cancellationToken
    )
    {
        if (IdentityOf(table) is { } column && last.TryGetValue(column, out var number))
        {
            connection.Handle!.Execute(
                "INSERT INTO sqlite_sequence (\"name\", \"seq\") SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE \"name\" = ?1)",
                table.Table.Name
            );
            connection.Handle!.Execute(
                "UPDATE sqlite_sequence SET \"seq\" = max(\"seq\", ?2) WHERE \"name\" = ?1",
                table.Table.Name,
                number
            );
        }
        return Task.CompletedTask;
    }

    public Task EndWriteAsync(CancellationToken cancellationToken)
    {
        _indexes.Create();
        _transaction!.Commit();
        RollBack();
        return Task.CompletedTask;
    }

    /// <summary>Rolls back what a failure has left open: nothing could be restored within it.</summary>
    public void RollBack()
    {
        _transaction?.Dispose();
        _transaction = null;
    }

    public BulkPrecision PrecisionOf(BulkColumn column) => BulkPrecision.Exact;

    public string? FindMisfit(BulkColumn column, object value) =>
        value switch
        {
            double.NaN or float.NaN => "is not a number, which SQLite stores as NULL",
            string text when TextForm.HasLoneSurrogate(text) => "has half a surrogate pair, which UTF-8 cannot express",
            _ => null,
        };

    public bool Folds(BulkColumn column) =>
        column.Column.Collation is { } collation && !collation.Equals("BINARY", StringComparison.OrdinalIgnoreCase);

    /// <summary>The collations of SQLite itself; those of an application are only known to its connections.</summary>
    public object Fold(BulkColumn column, object value)
    {
        ArgumentNullException.ThrowIfNull(column);
        return value is not string text ? value
            : column.Column.Collation!.Equals("NOCASE", StringComparison.OrdinalIgnoreCase)
                ? string.Create(
                    text.Length,
                    text,
                    (folded, original) =>
                    {
                        for (var i = 0; i < original.Length; i++)
                        {
                            folded[i] = char.IsAsciiLetterUpper(original[i])
                                ? char.ToLowerInvariant(original[i])
                                : original[i];
                        }
                    }
                )
            : column.Column.Collation!.Equals("RTRIM", StringComparison.OrdinalIgnoreCase) ? text.TrimEnd(' ')
            : text;
    }

    /// <summary>The rowid's alias of a table that does not give a number again.</summary>
    private int? IdentityOf(BulkTable table)
    {
        var definition = SqliteTableText.Parse(new SqliteDefinitions(connection).Of(table.Table.Name));
        return definition.IsAutoincrement && table.Table.PrimaryKey?.Columns is [var key]
            ? table.Columns.ToList().FindIndex(column => column.Name == key.Name) is var index and >= 0
                ? index
                : null
            : null;
    }

    private static string Names(BulkTable table) =>
        table.Columns.Count == 0
            ? "1"
            : string.Join(", ", table.Columns.Select(column => SqliteText.Quote(column.Name)));
}
