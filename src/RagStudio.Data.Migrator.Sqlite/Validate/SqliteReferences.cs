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
    private readonly Dictionary<(string Table, long Key), (long Count, List<long?> First, string Parent)> _broken = [];

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

    private IReadOnlyList<ValidationFinding> Check()
    {
        SqliteQuery.Run(
            _connection,
            "SELECT \"table\", \"rowid\", \"parent\", \"fkid\" FROM pragma_foreign_key_check",
            [],
            Add
        );
        return [.. _broken.Select(pair => Describe(pair.Key.Table, pair.Key.Key, pair.Value))];
    }

    private void Add(IDataRow row)
    {
        var key = (row.GetString(0), row.GetInt64(3));
        var (count, first, parent) = _broken.TryGetValue(key, out var known) ? known : (0, [], row.GetString(2));
        if (first.Count < ValidationFinding.MostNamed)
        {
            first.Add(row.IsNull(1) ? null : row.GetInt64(1));
        }
        _broken[key] = (count + 1, first, parent);
    }

    private ValidationFinding Describe(
        string table,
        long foreignKey,
        (long Count, List<long?> First, string Parent) broken
    )
    {
        var columns = _connection.Query(
            "SELECT \"from\" FROM pragma_foreign_key_list($table) WHERE \"id\" = $id ORDER BY \"seq\"",
            row => row.GetString(0),
            ("$table", table),
            ("$id", foreignKey)
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
            "SELECT \"name\" FROM pragma_table_info($table) WHERE \"pk\" > 0 ORDER BY \"pk\"",
            row => row.GetString(0),
            ("$table", table)
        );
        return _connection
            .Query(
                $"SELECT {Joined(key.Count == 0 ? ["rowid"] : key)}, {Joined(columns)} FROM {SqliteText.Quote(table)} WHERE rowid = $rowid",
                row => (row.IsDBNull(0) ? null : row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
                ("$rowid", rowId)
            )
            .Single();
    }

    private static string Joined(IEnumerable<string> columns) =>
        string.Join(" || '/' || ", columns.Select(column => $"CAST({SqliteText.Quote(column)} AS TEXT)"));
}
