using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// Reads a schema from pragmas, because the text of a definition varies between healthy databases. The text
/// is used only for what no pragma reports.
/// </summary>
internal sealed class SqliteSchema
{
    private static readonly StringComparer NameComparer = StringComparer.OrdinalIgnoreCase;

    private readonly HashSet<string> _ignored;
    private readonly SqliteDefinitions _definitions;
    private readonly IReadOnlyList<SqliteTableInfo> _tables;
    private readonly ILookup<string, SqliteColumnInfo> _columns;
    private readonly SqliteIndexes _indexes;
    private readonly ILookup<string, SqliteForeignKeyInfo> _foreignKeys;
    private readonly IReadOnlyList<SqliteDefinition> _statements;

    private SqliteSchema(SqliteConnection connection, IEnumerable<ISqliteMigrationDatabase> databases)
    {
        _ignored = databases
            .SelectMany(database => HistoryTablesOf(connection, database))
            .Append(SqliteEFLock.Table)
            .ToHashSet(NameComparer);
        _definitions = new SqliteDefinitions(connection);
        _tables = SqliteTableInfo.Read(connection);
        _columns = SqliteColumnInfo.Read(connection).ToLookup(column => column.Table, NameComparer);
        _indexes = new SqliteIndexes(connection, _definitions);
        _foreignKeys = SqliteForeignKeyInfo.Read(connection).ToLookup(key => key.Table, NameComparer);
        _statements = SqliteDefinition.ReadInOrder(connection);
    }

    /// <summary>Reads the schema without the tables that SQLite, EF and the migrator maintain.</summary>
    public static DatabaseSchema Read(SqliteConnection connection, IEnumerable<ISqliteMigrationDatabase> databases) =>
        new SqliteSchema(connection, databases).Read();

    /// <summary>Creates EF's services only if the file does not have the table that the options name.</summary>
    private static IEnumerable<string> HistoryTablesOf(
        SqliteConnection connection,
        ISqliteMigrationDatabase database
    ) =>
        database.MayChangeHistory && !connection.HasTable(database.HistoryTable)
            ? [database.HistoryTable, database.History.Table]
            : [database.HistoryTable];

    private DatabaseSchema Read() =>
        new(
            [
                .. _tables
                    .Where(table => table.Type is "table" or "virtual" && !IsIgnored(table.Name))
                    .OrderBy(table => table.Name, NameComparer)
                    .Select(Describe),
            ],
            [
                .. _tables
                    .Where(table => table.Type == "view")
                    .OrderBy(view => view.Name, NameComparer)
                    .Select(view => new SchemaObject(view.Name, _definitions.OfView(view.Name))),
            ]
        )
        {
            Statements =
            [
                .. _statements
                    .Where(statement =>
                        !IsIgnored(statement.Table)
                        && !IsShadow(statement.Table)
                        && !SqliteMarkTriggers.IsOne(statement.Name)
                    )
                    .Select(statement => statement.Sql),
            ],
        };

    /// <summary>True for the shadow tables that a virtual table creates.</summary>
    private bool IsShadow(string name) => _tables.Any(table => table.Type == "shadow" && table.Name == name);

    private bool IsIgnored(string table) =>
        _ignored.Contains(table)
        || table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase)
        || table.StartsWith("__migrator_", StringComparison.OrdinalIgnoreCase);

    private TableSchema Describe(SqliteTableInfo table)
    {
        if (table.Type == "virtual")
        {
            // Its columns and shadow tables belong to its module, which may not be loaded.
            return new TableSchema(table.Name, _definitions.CanonicalOf(table.Name), [], [], [], [], []);
        }
        var text = SqliteTableText.Parse(_definitions.Of(table.Name));
        return new TableSchema(
            table.Name,
            table.TraitsWith(text),
            [.. _columns[table.Name].Select(column => column.Describe(text))],
            _indexes.Of(table.Name),
            ForeignKeysOf(table.Name),
            text.Checks,
            _definitions.TriggersOf(table.Name)
        );
    }

    private IReadOnlyList<ForeignKeySchema> ForeignKeysOf(string table) =>
        [
            .. _foreignKeys[table]
                .GroupBy(part => part.Id)
                .Select(key => key.OrderBy(part => part.Place).ToArray())
                .Select(parts => new ForeignKeySchema(
                    [.. parts.Select(part => part.Column)],
                    parts[0].Parent,
                    ParentColumnsOf(parts),
                    parts[0].OnUpdate,
                    parts[0].OnDelete
                )),
        ];

    /// <summary>
    /// A foreign key without parent columns refers to the parent's primary key:
    /// https://sqlite.org/foreignkeys.html.
    /// </summary>
    private IReadOnlyList<string> ParentColumnsOf(SqliteForeignKeyInfo[] parts) =>
        parts[0].ParentColumn is not null
            ? [.. parts.Select(part => part.ParentColumn!)]
            :
            [
                .. _columns[parts[0].Parent]
                    .Where(column => column.PrimaryKeyOrder > 0)
                    .OrderBy(column => column.PrimaryKeyOrder)
                    .Select(column => column.Name),
            ];
}
