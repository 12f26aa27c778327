using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Finds the rows whose foreign keys refer to nothing, by one pass of SQLite's own over all of them:
/// https://sqlite.org/pragma.html#pragma_foreign_key_check.
/// </summary>
internal sealed class SqliteReferences
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<ForeignKey, BrokenRows> _broken = [];

    private SqliteReferences(SqliteConnection connection) => _connection = connection;

    public static IReadOnlyList<ValidationFinding> Check(SqliteConnection connection)
    {
        try
        {
            return new SqliteReferences(connection).Check();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A foreign key to columns that are no key of their table, which the pragma refuses to check.
            var error = new ValidationError(ValidationErrorKind.ForeignKey, null, null, failure.Message);
            return [ValidationFinding.Of("references", error)];
        }
    }

    private List<ValidationFinding> Check()
    {
        _connection.Handle!.ForEach(
            "SELECT \"table\", \"rowid\", \"parent\", \"fkid\" FROM pragma_foreign_key_check",
            Add
        );
        var findings = new List<ValidationFinding>();
        foreach (var (key, rows) in _broken)
        {
            findings.Add(Describe(key.Table, key.Id, rows));
        }
        return findings;
    }

    private void Add(sqlite3_stmt row)
    {
        var key = new ForeignKey(row.Text(0)!, row.Int64(3));
        if (!_broken.TryGetValue(key, out var rows))
        {
            _broken[key] = rows = new BrokenRows(row.Text(2)!);
        }
        rows.Add(row.IsNull(1) ? null : row.Int64(1));
    }

    private ValidationFinding Describe(string table, long foreignKey, BrokenRows broken)
    {
        var columns = _connection.Query(
            "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE \"id\" = ? ORDER BY \"seq\"",
            row => row.Text(0)!,
            table,
            foreignKey
        );
        var kind = _connection.HasTable(broken.Parent)
            ? ValidationErrorKind.OrphanedRecord
            : ValidationErrorKind.ForeignKey;
        return new ValidationFinding(
            $"references of {table}.{string.Join(", ", columns)}",
            kind,
            table,
            broken.Count,
            [.. broken.First.Select(rowId => DescribeRow(kind, table, rowId, columns, broken.Parent))]
        );
    }

    private ValidationError DescribeRow(
        ValidationErrorKind kind,
        string table,
        long? rowId,
        IReadOnlyList<string> columns,
        string parent
    )
    {
        // Tables WITHOUT ROWID have no number by which the pragma could name a row.
        var (id, value) = rowId is { } number ? Read(table, number, columns) : (null, null);
        return new ValidationError(
            kind,
            table,
            id,
            $"row {id} of '{table}' refers by {string.Join(", ", columns)} to '{value}' of '{parent}', which is not there"
        );
    }

    private (string? Id, string? Value) Read(string table, long rowId, IReadOnlyList<string> columns)
    {
        var key = _connection.Query(
            "SELECT \"name\" FROM pragma_table_info(?) WHERE \"pk\" > 0 ORDER BY \"pk\"",
            row => row.Text(0)!,
            table
        );
        return _connection
            .Query(
                $"SELECT {Joined(key.Count == 0 ? ["rowid"] : key)}, {Joined(columns)} FROM {SqliteText.Quote(table)} WHERE rowid = ?",
                row => (row.Text(0), row.Text(1)),
                rowId
            )
            .Single();
    }

    private static string Joined(IEnumerable<string> columns) =>
        string.Join(" || '/' || ", columns.Select(column => $"CAST({SqliteText.Quote(column)} AS TEXT)"));

    private sealed record ForeignKey(string Table, long Id);

    /// <summary>The rows that break a foreign key: how many, and the ids of the first.</summary>
    private sealed class BrokenRows(string parent)
    {
        public string Parent { get; } = parent;

        public long Count { get; private set; }

        public List<long?> First { get; } = [];

        public void Add(long? rowId)
        {
            Count++;
            if (First.Count < ValidationFinding.MostNamed)
            {
                First.Add(rowId);
            }
        }
    }
}
