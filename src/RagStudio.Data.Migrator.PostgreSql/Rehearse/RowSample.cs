using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Rehearse;

/// <summary>
/// Selects rows within one snapshot: the first and the last of each table by its primary key, and all rows to which the
/// selected ones refer. They are known by their places (<c>ctid</c>) only, which hold in that snapshot and tell nothing of
/// their content.
/// </summary>
internal sealed class RowSample(NpgsqlConnection live, IReadOnlyList<LiveTable> tables, int maxRows)
{
    private const int RowsAtOnce = 10_000;

    /// <summary>Each reference between tables, or between their partitions.</summary>
    private const string SelectReferences = """
        SELECT COALESCE(pg_catalog.pg_partition_root(r.conrelid), r.conrelid)::int8,
            COALESCE(pg_catalog.pg_partition_root(r.confrelid), r.confrelid)::int8,
            string_agg(format('parent.%I OPERATOR(%I.%s) child.%I', p.attname, n.nspname, o.oprname, c.attname), ' AND ')
        FROM pg_catalog.pg_constraint r
        CROSS JOIN unnest(r.conkey, r.confkey, r.conpfeqop) AS k(child, parent, operator)
        JOIN pg_catalog.pg_attribute c ON c.attrelid = r.conrelid AND c.attnum = k.child
        JOIN pg_catalog.pg_attribute p ON p.attrelid = r.confrelid AND p.attnum = k.parent
        JOIN pg_catalog.pg_operator o ON o.oid = k.operator
        JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
        WHERE r.contype = 'f' AND r.conparentid = 0 GROUP BY r.oid, 1, 2
        """;

    private readonly Dictionary<long, LiveTable> _tables = tables.ToDictionary(table => table.Oid);
    private readonly Dictionary<long, SelectedRows> _selected = [];
    private readonly Queue<(long Table, IReadOnlyList<(long Relation, string Place)> Rows)> _new = [];

    /// <returns>The selected rows by the oid of their table.</returns>
    public async Task<IReadOnlyDictionary<long, SelectedRows>> SelectAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            await SelectAsync(table, cancellationToken).ConfigureAwait(false);
        }
        if (_new.Count == 0)
        {
            return _selected;
        }
        var references = await live.QueryAsync(
                SelectReferences,
                row => (Child: row.GetInt64(0), Parent: row.GetInt64(1), Condition: row.GetString(2)),
                cancellationToken
            )
            .ConfigureAwait(false);
        // Each row is visited once, so that rows which refer to each other in a circle, or to themselves, end it.
        while (_new.TryDequeue(out var added))
        {
            foreach (var (_, parent, condition) in references.Where(reference => reference.Child == added.Table))
            {
                if (_selected.TryGetValue(parent, out var known) && !known.AreAll)
                {
                    await FollowAsync(added.Table, added.Rows, parent, condition, cancellationToken)
                        .ConfigureAwait(false);
                }
            }
        }
        foreach (var table in tables.Where(table => !_selected[table.Oid].AreAll))
        {
            var count = _selected[table.Oid].Count;
            if (!await HasMoreAsync(table, count, cancellationToken).ConfigureAwait(false))
            {
                _selected[table.Oid] = SelectedRows.All;
            }
        }
        return _selected;
    }

    private async Task SelectAsync(LiveTable table, CancellationToken cancellationToken)
    {
        var half = (maxRows / 2) + (maxRows % 2);
        var found =
            maxRows == 0 ? []
            : table.Key.Count == 0 ? await FirstAsync(table, half * 2, cancellationToken).ConfigureAwait(false)
            : await EndsAsync(table, half, cancellationToken).ConfigureAwait(false);
        if (maxRows == 0 || found.Count < half * 2)
        {
            _selected[table.Oid] = SelectedRows.All;
            return;
        }
        _selected[table.Oid] = new SelectedRows();
        Add(table.Oid, found);
    }

    private Task<List<(long Relation, string Place)>> EndsAsync(
        LiveTable table,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var key = table.Key.Select(PostgreSqlText.Quote).ToArray();
        var (first, last) = (string.Join(", ", key), string.Join(", ", key.Select(column => $"{column} DESC")));
        return PlacesAsync(
            $"""
            SELECT tableoid::int8, ctid::text FROM (
                (SELECT tableoid, ctid FROM {table.From} ORDER BY {first} LIMIT $1)
                UNION (SELECT tableoid, ctid FROM {table.From} ORDER BY {last} LIMIT $1)
            ) AS ends
            """,
            cancellationToken,
            rows
        );
    }

    private Task<List<(long Relation, string Place)>> FirstAsync(
        LiveTable table,
        int rows,
        CancellationToken cancellationToken
    ) => PlacesAsync($"SELECT tableoid::int8, ctid::text FROM {table.From} LIMIT $1", cancellationToken, rows);

    /// <summary>True if the table has more rows than that.</summary>
    private Task<bool> HasMoreAsync(LiveTable table, long rows, CancellationToken cancellationToken) =>
        live.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM {table.From} OFFSET $1)", cancellationToken, rows);

    private async Task FollowAsync(
        long child,
        IReadOnlyList<(long Relation, string Place)> rows,
        long parent,
        string condition,
        CancellationToken cancellationToken
    )
    {
        foreach (var relation in rows.GroupBy(row => row.Relation, row => row.Place))
        {
            foreach (var places in relation.Chunk(RowsAtOnce))
            {
                var found = await PlacesAsync(
                        $"""
                        SELECT DISTINCT parent.tableoid::int8, parent.ctid::text
                        FROM {_tables[child].From} AS child JOIN {_tables[parent].From} AS parent ON {condition}
                        WHERE child.tableoid = $1::int8::oid AND child.ctid = ANY ($2::text[]::tid[])
                        """,
                        cancellationToken,
                        relation.Key,
                        places
                    )
                    .ConfigureAwait(false);
                Add(parent, found);
            }
        }
    }

    private void Add(long table, IEnumerable<(long Relation, string Place)> rows)
    {
        if (_selected[table].Add(rows) is { Count: > 0 } added)
        {
            _new.Enqueue((table, added));
        }
    }

    private Task<List<(long Relation, string Place)>> PlacesAsync(
        string sql,
        CancellationToken cancellationToken,
        params List<object?> values
    ) => live.QueryAsync(sql, row => (row.GetInt64(0), row.GetString(1)), cancellationToken, values);
}
