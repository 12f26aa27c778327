using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// The tables of a database and their columns at one moment. What a migration drops is found by comparing two of them,
/// not by reading its SQL: a function or a script drops as well as a statement.
/// </summary>
internal sealed class ContentSnapshot
{
    private const string Select = """
        SELECT c.oid::int8, COALESCE(i.inhparent::int8, 0), n.nspname::text, c.relname::text,
            COALESCE(array_agg(a.attnum ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL), '{}'),
            COALESCE(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attnum IS NOT NULL), '{}')
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid AND c.relispartition
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
            AND n.nspname <> ALL (ARRAY['pg_catalog', 'information_schema', 'pg_toast', $1])
            AND c.relname <> ALL ($2::name[])
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        GROUP BY 1, 2, 3, 4
        """;

    private readonly Dictionary<long, TableContent> _tables;

    private ContentSnapshot(IEnumerable<TableContent> tables) => _tables = tables.ToDictionary(table => table.Oid);

    public bool IsEmpty => _tables.Count == 0;

    public static async Task<ContentSnapshot> ReadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) =>
        new(
            await connection
                .QueryAsync(
                    Select,
                    row => new TableContent(
                        row.GetInt64(0),
                        row.GetInt64(1),
                        row.GetString(2),
                        row.GetString(3),
                        row.GetFieldValue<short[]>(4),
                        row.GetFieldValue<string[]>(5)
                    ),
                    cancellationToken,
                    KeptSchema.Name,
                    MigratorTables.All
                )
                .ConfigureAwait(false)
        );

    public TableContent? Find(string schema, string name) =>
        _tables.Values.FirstOrDefault(table => (table.Schema, table.Name) == (schema, name));

    public TableContent? Find(long oid) => _tables.GetValueOrDefault(oid);

    /// <summary>
    /// Determines if something that was dropped has a place that it did not have before. A table that was there before has
    /// replaced the dropped one, and has rows already.
    /// </summary>
    public bool HasNewPlaceFor(DroppedContent content, ContentSnapshot before)
    {
        var (former, table) = (before.Find(content.Schema, content.Table), Find(content.Schema, content.Table));
        return content.IsTable
            ? former is null && table is not null
            : table is not null
                && content.Columns.All(column => table.Has(column))
                && !content.Columns.Any(column => former?.Has(column) == true);
    }

    /// <summary>Finds what was there at the beginning of the run and here, and is not there any more.</summary>
    /// <param name="after">The same database, after a migration.</param>
    /// <param name="atBegin">At the beginning of the run: what the run itself has made holds no data of others.</param>
    public IReadOnlyList<DroppedContent> FindDropped(ContentSnapshot after, ContentSnapshot atBegin) =>
        [
            .. from table in _tables.Values
            let begun = atBegin._tables.GetValueOrDefault(table.Oid)
            where begun is not null
            let dropped = Dropped(table, begun, after)
            where dropped is not null
            orderby dropped.Schema, dropped.Table
            select dropped,
        ];

    private DroppedContent? Dropped(TableContent table, TableContent begun, ContentSnapshot after)
    {
        if (!after._tables.TryGetValue(table.Oid, out var left))
        {
            // The rows of a partition are also those of its table.
            return IsDropped(table.Parent, after) ? null : new DroppedContent(table.Schema, table.Name, [], table.Oid);
        }
        string[] columns =
        [
            .. table.Columns.Where(
                (column, at) =>
                    !left.Numbers.Contains(table.Numbers[at])
                    && begun.Numbers.Contains(table.Numbers[at])
                    && !IsDropped(table.Parent, column, after)
            ),
        ];
        return columns.Length == 0 ? null : new DroppedContent(table.Schema, table.Name, columns, table.Oid);
    }

    private bool IsDropped(long oid, ContentSnapshot after) =>
        _tables.ContainsKey(oid) && !after._tables.ContainsKey(oid);

    private bool IsDropped(long oid, string column, ContentSnapshot after) =>
        _tables.TryGetValue(oid, out var table)
        && table.Has(column)
        && after._tables.TryGetValue(oid, out var left)
        && !left.Has(column);
}
