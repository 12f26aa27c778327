using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>
/// Drops the indexes that enforce nothing, and creates them again from SQLite's own definitions when the rows are there: one
/// sort, instead of a search in the index for each row.
/// </summary>
internal sealed class SecondaryIndexes(SqliteConnection connection)
{
    private List<SqliteDefinition> _dropped = [];

    public void Drop(IReadOnlyCollection<string> tables)
    {
        var isSearched = SearchedTables();
        var kept = NamesOfKept();
        var candidates = SqliteIndexInfo
            .Read(connection)
            .Where(index => index is { IsOwn: true, IsUnique: false } && !kept.Contains(index.Name))
            .Where(index => tables.Contains(index.Table, StringComparer.OrdinalIgnoreCase) && !isSearched(index.Table))
            .Select(index => index.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        _dropped =
        [
            .. SqliteDefinition
                .ReadInOrder(connection)
                .Where(found => found.Type == "index" && candidates.Contains(found.Name)),
        ];
        foreach (var index in _dropped)
        {
            connection.Execute($"DROP INDEX {SqliteText.Quote(index.Name)}");
        }
    }

    public void Create()
    {
        foreach (var index in _dropped)
        {
            connection.Execute(index.Sql);
        }
    }

    /// <summary>
    /// The indexes with statistics, which go with them, and those of references: a row that others have referred to before it
    /// came is looked up in them (https://sqlite.org/foreignkeys.html#fk_indexes).
    /// </summary>
    private HashSet<string> NamesOfKept()
    {
        var children = SqliteForeignKeyInfo.Read(connection).Select(key => (key.Table, key.Column)).ToHashSet();
        var tables = SqliteIndexInfo.Read(connection).ToDictionary(index => index.Name, index => index.Table);
        return SqliteIndexColumnInfo
            .Read(connection)
            .Where(one => one is { Place: 0, Column: not null } && children.Contains((tables[one.Index], one.Column)))
            .Select(one => one.Index)
            .Concat(
                connection.HasTable("sqlite_stat1")
                    ? connection.Query(
                        "SELECT \"idx\" FROM sqlite_stat1 WHERE \"idx\" IS NOT NULL",
                        row => row.Text(0)!
                    )
                    : []
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Finds out whose rows a trigger may search: of all tables, where it uses a view.</summary>
    private Func<string, bool> SearchedTables()
    {
        var all = SqliteDefinition.ReadByName(connection);
        var views = all.Where(found => found.Type == "view").Select(found => found.Name);
        var searched = all.Where(found => found.IsTrigger)
            .SelectMany(NamesIn)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return searched.Overlaps(views) ? _ => true : searched.Contains;
    }

    /// <summary>The names in a trigger, without that of the table whose trigger it is.</summary>
    private static IEnumerable<string> NamesIn(SqliteDefinition trigger)
    {
        var names = SqliteTokens.Read(trigger.Sql).Where(token => token.IsName).Select(token => token.Text).ToList();
        names.RemoveAt(names.FindIndex(name => name.Equals(trigger.Table, StringComparison.OrdinalIgnoreCase)));
        return names;
    }
}
