using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>The texts of definitions.</summary>
internal sealed class SqliteDefinitions
{
    private readonly Dictionary<string, string> _texts;
    private readonly ILookup<string, SchemaObject> _triggers;

    public SqliteDefinitions(SqliteConnection connection)
    {
        var all = SqliteDefinition.ReadByName(connection);
        // Only triggers can share a name with another object.
        _texts = all.Where(found => !found.IsTrigger).ToDictionary(found => found.Name, found => found.Sql);
        _triggers = all.Where(found => found.IsTrigger && !SqliteMarkTriggers.IsOne(found.Name))
            .ToLookup(
                trigger => trigger.Table,
                trigger => new SchemaObject(trigger.Name, SqliteTokens.Canonical(trigger.Sql)),
                StringComparer.OrdinalIgnoreCase
            );
    }

    /// <summary>The text of a table, a view or an index.</summary>
    public string Of(string name) => _texts.GetValueOrDefault(name, "");

    public string CanonicalOf(string name) => SqliteTokens.Canonical(Of(name));

    public IReadOnlyList<SchemaObject> TriggersOf(string table) => [.. _triggers[table]];

    /// <summary>A view's definition, including the triggers that make it writable.</summary>
    public string OfView(string view) =>
        string.Join(" ; ", _triggers[view].Select(trigger => trigger.Definition).Prepend(CanonicalOf(view)));
}
