using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// A foreign key and the rows that violate it, identified by their keys. No other value of a row is shown.
/// </summary>
internal sealed class SqliteForeignKey
{
    /// <summary>
    /// SQLite's names for the rowid. A column of the same name hides it: https://sqlite.org/rowidtable.html.
    /// </summary>
    private static readonly string[] NamesOfRowId = ["rowid", "_rowid_", "oid"];

    private readonly SqliteConnection _connection;
    private readonly string _table;
    private readonly string _parent;
    private readonly IReadOnlyList<string?> _parentColumns;
    private readonly List<string> _key;
    private readonly string? _rowId;

    public SqliteForeignKey(SqliteConnection connection, string table, long id, string parent)
    {
        (_connection, _table, _parent) = (connection, table, parent);
        var parts = connection.Query(
            "SELECT \"from\", \"to\" FROM pragma_foreign_key_list(?) WHERE \"id\" = ? ORDER BY \"seq\"",
            row => (From: row.Text(0)!, To: row.Text(1)),
            table,
            id
        );
        Columns = [.. parts.Select(part => part.From)];
        _parentColumns = [.. parts.Select(part => part.To)];
        // A generated column hides a name too.
        var columns = connection.ColumnsOf(table);
        _rowId = Array.Find(NamesOfRowId, name => !columns.Contains(name, StringComparer.OrdinalIgnoreCase));
        _key = KeyOf(table);
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows with the given rowids.</summary>
    public IReadOnlyList<(string? Id, string? Value)> Rows(IReadOnlyList<long> numbers) =>
        _rowId is null
            ? Orphans(numbers.Count)
            :
            [
                .. numbers.SelectMany(number =>
                    Query($"WHERE {SqliteText.Quote(_table)}.{SqliteText.Quote(_rowId)} = ?", number)
                ),
            ];

    /// <summary>The first rows without a parent, of a table whose rowid does not exist or is hidden.</summary>
    public IReadOnlyList<(string? Id, string? Value)> Orphans(int most)
    {
        var columns = ParentColumns();
        var hasParent = columns.Count == Columns.Count && _connection.HasTable(_parent);
        var set = Columns.Select(column => $"{Own(column)} IS NOT NULL");
        var match = Columns.Zip(columns, (own, other) => $"parent.{SqliteText.Quote(other)} = {Own(own)}");
        var missing = hasParent
            ? $" AND NOT EXISTS (SELECT 1 FROM {SqliteText.Quote(_parent)} AS parent WHERE {string.Join(" AND ", match)})"
            : "";
        return Query($"WHERE {string.Join(" AND ", set)}{missing} LIMIT ?", (long)most);
    }

    public string Describe((string? Id, string? Value) row) =>
        $"{(row.Id is { } id ? $"row {id}" : "a row")} of '{_table}': {string.Join(", ", Columns)} refers to {(RefersToKey() ? $"'{row.Value}'" : "a row")} of '{_parent}', which does not exist";

    /// <summary>
    /// False if it refers to other columns, such as a unique address: those hold content, which is not shown.
    /// </summary>
    private bool RefersToKey() =>
        _parentColumns.Contains(null)
        || _parentColumns.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(KeyOf(_parent));

    private List<(string? Id, string? Value)> Query(string where, long parameter)
    {
        var id =
            _key.Count > 0 ? _key
            : _rowId is null ? []
            : [_rowId];
        return _connection.Query(
            $"SELECT {Joined(id)}, {Joined(Columns)} FROM {SqliteText.Quote(_table)} {where}",
            row => (row.Text(0), row.Text(1)),
            parameter
        );
    }

    /// <summary>
    /// A foreign key without parent columns refers to the parent's primary key:
    /// https://sqlite.org/foreignkeys.html.
    /// </summary>
    private List<string> ParentColumns() =>
        _parentColumns.Contains(null) ? KeyOf(_parent) : [.. _parentColumns.OfType<string>()];

    private List<string> KeyOf(string table) =>
        _connection.Query(
            "SELECT \"name\" FROM pragma_table_info(?) WHERE \"pk\" > 0 ORDER BY \"pk\"",
            row => row.Text(0)!,
            table
        );

    private string Joined(IReadOnlyCollection<string> columns) =>
        columns.Count > 0
            ? string.Join(" || '/' || ", columns.Select(column => $"CAST({Own(column)} AS TEXT)"))
            : "NULL";

    private string Own(string column) => $"{SqliteText.Quote(_table)}.{SqliteText.Quote(column)}";
}
