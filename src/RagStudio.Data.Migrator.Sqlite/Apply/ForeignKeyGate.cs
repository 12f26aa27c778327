using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Rejects a migration that ran with foreign keys off and broke references. Earlier violations do not count
/// against it: the counts are compared for each pair of tables, because a rebuild gives rows new rowids.
/// </summary>
internal sealed class ForeignKeyGate
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<TablePair, long> _before;

    /// <summary>
    /// The tables that SQLite refused to check, because a foreign key refers to columns that are not a key.
    /// </summary>
    private readonly HashSet<string> _mismatched = new(StringComparer.OrdinalIgnoreCase);

    public ForeignKeyGate(SqliteConnection connection)
    {
        _connection = connection;
        _before = Count(failure: _ => { });
    }

    /// <exception cref="InvalidOperationException">The migration broke references.</exception>
    public void Check()
    {
        foreach (var (pair, count) in Count(failure => throw failure))
        {
            var broken = count - _before.GetValueOrDefault(pair);
            if (broken > 0)
            {
                throw new InvalidOperationException(
                    $"{broken} row(s) of '{pair.Table}' would reference missing rows of '{pair.Parent}'."
                );
            }
        }
    }

    /// <summary>
    /// Counts the violations. Skips a table that could not be checked before the migration: its earlier
    /// violations are unknown.
    /// </summary>
    /// <param name="failure">Receives the error of a table that can no longer be checked.</param>
    private Dictionary<TablePair, long> Count(Action<SqliteException> failure)
    {
        var counts = new Dictionary<TablePair, long>();
        foreach (var table in Tables().Where(table => !_mismatched.Contains(table)))
        {
            try
            {
                Count(table, counts);
            }
            catch (SqliteException mismatch) when (mismatch.SqliteErrorCode == raw.SQLITE_ERROR)
            {
                _mismatched.Add(table);
                failure(mismatch);
            }
        }
        return counts;
    }

    private void Count(string table, Dictionary<TablePair, long> counts) =>
        _connection.Handle!.ForEach(
            "SELECT \"table\", \"parent\", COUNT(*) FROM pragma_foreign_key_check(?) GROUP BY 1, 2",
            row => counts[new TablePair(row.Text(0)!, row.Text(1)!)] = row.Int64(2),
            table
        );

    private List<string> Tables() =>
        _connection.Query(
            "SELECT t.\"name\" FROM sqlite_master AS t WHERE t.\"type\" = 'table' AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(t.\"name\"))",
            row => row.Text(0)!
        );

    private sealed record TablePair(string Table, string Parent);
}
