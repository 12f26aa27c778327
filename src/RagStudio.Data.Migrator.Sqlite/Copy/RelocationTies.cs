using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>Finds what would break if tables were in another file than the rest: SQLite has no reference across files.</summary>
/// <param name="connection">The file.</param>
/// <param name="moved">The tables that move.</param>
internal sealed class RelocationTies(SqliteConnection connection, IReadOnlySet<string> moved)
{
    private const string Tables = """
        SELECT "name", "type" FROM pragma_table_list WHERE "schema" = 'main' AND "type" IN ('table', 'virtual')
            AND "name" NOT LIKE 'sqlite\_%' ESCAPE '\'
        """;

    private const string References = """SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)""";

    public IReadOnlyList<string> Find()
    {
        var tables = connection.Query(Tables, row => (Name: row.Text(0)!, IsVirtual: row.Text(1) == "virtual"));
        return
        [
            .. from table in tables
            where table.IsVirtual && moved.Contains(table.Name)
            select $"'{table.Name}' is a virtual table.",
            .. from table in tables
            from other in connection.Query(References, row => row.Text(0)!, table.Name)
            where moved.Contains(table.Name) != moved.Contains(other)
            select $"'{table.Name}' has a foreign key to '{other}'.",
            .. DefinitionTies([.. tables.Select(table => table.Name)]),
        ];
    }

    /// <summary>
    /// Finds them by name, in the tokens of the definition: a column of that name is taken for the table, which at worst
    /// refuses a move.
    /// </summary>
    private IEnumerable<string> DefinitionTies(IReadOnlyList<string> tables)
    {
        var all = SqliteDefinition.ReadByName(connection);
        var others = tables
            .Concat(all.Where(found => found.Type == "view").Select(view => view.Name))
            .Where(name => !moved.Contains(name))
            .ToHashSet(SqliteNameComparer.Instance);
        return from found in all
            where found.Type == "view" || found.IsTrigger && !SqliteMarkTriggers.IsOne(found.Name)
            let across = found.IsTrigger && moved.Contains(found.Table) ? others : moved
            let used = SqliteTokens.Read(found.Sql).FirstOrDefault(token => token.IsName && across.Contains(token.Text))
            where used is not null
            select $"The {found.Type} '{found.Name}' on '{found.Table}' uses '{used.Text}'.";
    }
}
