using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// Finds the rows with foreign keys that refer to nothing, by SQLite's own pass over each table:
/// https://sqlite.org/pragma.html#pragma_foreign_key_check.
/// </summary>
internal sealed class SqliteReferences(SqliteConnection connection)
{
    private readonly List<ValidationFinding> _findings = [];

    /// <param name="connection">The open connection.</param>
    /// <param name="tables">The tables from and to which references are checked; <see langword="null"/> for all.</param>
    public static IReadOnlyList<ValidationFinding> Check(SqliteConnection connection, IReadOnlySet<string>? tables)
    {
        var references = new SqliteReferences(connection);
        foreach (var table in references.TablesWithKeys(tables))
        {
            references.Check(table);
        }
        return references._findings;
    }

    private IEnumerable<string> TablesWithKeys(IReadOnlySet<string>? tables) =>
        connection
            .Query(
                """
                SELECT t."name", k."table" FROM pragma_table_list AS t
                    JOIN pragma_foreign_key_list(t."name", 'main') AS k
                WHERE t."schema" = 'main' AND t."type" = 'table'
                """,
                row => (Table: row.Text(0)!, Parent: row.Text(1)!)
            )
            .Where(key => tables is null || tables.Contains(key.Table) || tables.Contains(key.Parent))
            .Select(key => key.Table)
            .Distinct();

    /// <summary>
    /// Checks a single table: SQLite refuses to check a foreign key to columns that are not a key, and would
    /// skip the other tables with it.
    /// </summary>
    private void Check(string table)
    {
        var broken = new Dictionary<long, BrokenRows>();
        try
        {
            connection.Handle!.ForEach(
                "SELECT \"rowid\", \"parent\", \"fkid\" FROM pragma_foreign_key_check(?)",
                row => Add(broken, row),
                table
            );
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            var error = new ValidationError(ValidationErrorKind.ForeignKey, table, null, failure.Message);
            _findings.Add(ValidationFinding.From(StorageCheck.ForeignKeys, error));
            return;
        }
        foreach (var (foreignKey, rows) in broken)
        {
            _findings.Add(Describe(table, foreignKey, rows));
        }
    }

    private static void Add(Dictionary<long, BrokenRows> broken, sqlite3_stmt row)
    {
        if (!broken.TryGetValue(row.Int64(2), out var rows))
        {
            broken[row.Int64(2)] = rows = new BrokenRows(row.Text(1)!);
        }
        rows.Add(row.IsNull(0) ? null : row.Int64(0));
    }

    private ValidationFinding Describe(string table, long foreignKey, BrokenRows broken)
    {
        var key = new SqliteForeignKey(connection, table, foreignKey, broken.Parent);
        var kind = connection.HasTable(broken.Parent)
            ? ValidationErrorKind.OrphanedRecord
            : ValidationErrorKind.ForeignKey;
        var named = broken.RowIds.Count > 0 ? key.Rows(broken.RowIds) : key.Orphans(ValidationFinding.MaxNamed);
        var check = $"references of {table}.{string.Join(", ", key.Columns)}";
        return new ValidationFinding(
            // The same columns may refer to two tables, and the two findings need different names.
            _findings.Exists(finding => finding.Check == check)
                ? $"{check} to {broken.Parent}"
                : check,
            kind,
            table,
            broken.Count,
            [.. named.Select(row => new ValidationError(kind, table, row.Id, key.Describe(row)))]
        );
    }

    /// <summary>The rows that violate a foreign key: their number, and the first of those with a rowid.</summary>
    private sealed class BrokenRows(string parent)
    {
        public string Parent { get; } = parent;

        public long Count { get; private set; }

        public List<long> RowIds { get; } = [];

        public void Add(long? rowId)
        {
            Count++;
            if (rowId is { } number && RowIds.Count < ValidationFinding.MaxNamed)
            {
                RowIds.Add(number);
            }
        }
    }
}
