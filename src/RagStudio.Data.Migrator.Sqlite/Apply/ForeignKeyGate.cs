using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Lets a migration through that ran with foreign keys off only if it broke no reference. Violations that were there before
/// are not its fault: they are compared by their number for each pair of tables, because a rebuild gives rows new rowids.
/// </summary>
internal sealed class ForeignKeyGate
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<TablePair, long> _before;

    private ForeignKeyGate(SqliteConnection connection)
    {
        _connection = connection;
        _before = Count();
    }

    public static ForeignKeyGate Open(SqliteConnection connection) => new(connection);

    /// <exception cref="InvalidOperationException">The migration broke references.</exception>
    public void Check()
    {
        foreach (var (pair, count) in Count())
        {
            var broken = count - _before.GetValueOrDefault(pair);
            if (broken > 0)
            {
                throw new InvalidOperationException(
                    $"{broken} row(s) of '{pair.Table}' would refer to rows of '{pair.Parent}' that are not there."
                );
            }
        }
    }

    private Dictionary<TablePair, long> Count()
    {
        var counts = new Dictionary<TablePair, long>();
        _connection.Handle!.ForEach(
            "SELECT \"table\", \"parent\", COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2",
            row => counts[new TablePair(row.Text(0)!, row.Text(1)!)] = row.Int64(2)
        );
        return counts;
    }

    private sealed record TablePair(string Table, string Parent);
}
