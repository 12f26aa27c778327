using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The texts of definitions: https://sqlite.org/schematab.html.</summary>
internal sealed class SqliteDefinitions
{
    private readonly Dictionary<(string Type, string Name), string> _texts;
    private readonly ILookup<string, SchemaObject> _triggers;

    public SqliteDefinitions(SqliteConnection connection)
    {
        var rows = connection.Query(
            "SELECT \"type\", \"name\", \"tbl_name\", \"sql\" FROM sqlite_master WHERE \"sql\" IS NOT NULL ORDER BY \"name\"",
            row => (Type: row.GetString(0), Name: row.GetString(1), Table: row.GetString(2), Sql: row.GetString(3))
        );
        _texts = rows.ToDictionary(row => (row.Type, row.Name), row => row.Sql);
        _triggers = rows.Where(row => row.Type == "trigger")
            .ToLookup(
                row => row.Table,
                row => new SchemaObject(row.Name, SqliteTokens.Canonical(row.Sql)),
                StringComparer.OrdinalIgnoreCase
            );
    }

    public string Of(string type, string name) => _texts.GetValueOrDefault((type, name), "");

    public SqliteTableText TextOf(string table) => SqliteTableText.Of(Of("table", table));

    public string OfTable(string table) => SqliteTokens.Canonical(Of("table", table));

    public IReadOnlyList<SchemaObject> TriggersOf(string table) => [.. _triggers[table]];

    /// <summary>A view's definition; the triggers that make it writable belong to it.</summary>
    public string OfView(string view) =>
        string.Join(
            " ; ",
            _triggers[view].Select(trigger => trigger.Definition).Prepend(SqliteTokens.Canonical(Of("view", view)))
        );
}
