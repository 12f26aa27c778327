using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// Brings back what a migration has dropped, when the migration is undone and has made its tables and columns anew. What
/// the migration has put there itself stays.
/// </summary>
/// <param name="connection">The run's connection.</param>
/// <param name="before">The tables before the migration is undone: what is there already does not come back.</param>
/// <param name="keepsakes">What was dropped.</param>
internal sealed class KeepsakeReturn(
    NpgsqlConnection connection,
    ContentSnapshot before,
    IReadOnlyList<Keepsake> keepsakes
)
{
    private const string SelectReferences = """
        SELECT DISTINCT n.nspname::text, c.relname::text, rn.nspname::text, r.relname::text
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class r ON r.oid = k.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
        WHERE k.contype = 'f' AND k.conrelid <> k.confrelid
        """;

    private readonly List<Keepsake> _awaited = [.. keepsakes];
    private readonly List<(Keepsake Keepsake, long Rows)> _returned = [];

    /// <summary>What has come back, with the number of its rows that it was for.</summary>
    public IReadOnlyList<(Keepsake Keepsake, long Rows)> Returned => _returned;

    /// <summary>True while something may still come back.</summary>
    public bool IsAwaiting => _awaited.Count > 0;

    /// <summary>Brings back everything that has a place by now.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = await ContentSnapshot.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        var ready = _awaited.FindAll(keepsake => now.HasNewPlaceFor(keepsake.Content, before));
        if (ready.Count == 0)
        {
            return;
        }
        foreach (var keepsake in await ParentsFirstAsync(ready, cancellationToken).ConfigureAwait(false))
        {
            await ReturnAsync(keepsake, cancellationToken).ConfigureAwait(false);
            _awaited.Remove(keepsake);
        }
    }

    /// <summary>A row comes back after those that it refers to, and a column after the tables.</summary>
    private async Task<List<Keepsake>> ParentsFirstAsync(List<Keepsake> ready, CancellationToken cancellationToken)
    {
        var references = await connection
            .QueryAsync(
                SelectReferences,
                row => (From: (row.GetString(0), row.GetString(1)), To: (row.GetString(2), row.GetString(3))),
                cancellationToken
            )
            .ConfigureAwait(false);
        var left = ready.OrderByDescending(keepsake => keepsake.Content.IsTable).ToList();
        var ordered = new List<Keepsake>();
        while (left.Count > 0)
        {
            var next =
                left.Find(one =>
                    one.Content.IsTable
                    && !left.Exists(other =>
                        other != one
                        && other.Content.IsTable
                        && references.Contains(
                            ((one.Content.Schema, one.Content.Table), (other.Content.Schema, other.Content.Table))
                        )
                    )
                )
                // In a circle none is first, and the server decides.
                ?? left[0];
            left.Remove(next);
            ordered.Add(next);
        }
        return ordered;
    }

    private async Task ReturnAsync(Keepsake keepsake, CancellationToken cancellationToken)
    {
        var table = PostgreSqlText.Quote(keepsake.Content.Schema, keepsake.Content.Table);
        var kept = await ColumnForm.ReadAsync(connection, keepsake.Table, cancellationToken).ConfigureAwait(false);
        var columns = await ColumnForm.ReadAsync(connection, table, cancellationToken).ConfigureAwait(false);
        var pairs = (
            from column in columns
            join source in kept on column.Name equals source.Name
            where !column.IsGenerated
            select (column, source)
        ).ToArray();
        var triggers = new QuietTriggers(connection, table);
        await triggers.DisableAsync(cancellationToken).ConfigureAwait(false);
        var rows = keepsake.Content.IsTable
            ? await InsertAsync(keepsake, table, pairs, cancellationToken).ConfigureAwait(false)
            : await UpdateAsync(keepsake, table, pairs, cancellationToken).ConfigureAwait(false);
        await triggers.EnableAsync(cancellationToken).ConfigureAwait(false);
        await RaiseSequencesAsync(table, pairs.Select(pair => pair.column), cancellationToken).ConfigureAwait(false);
        await connection
            .ExecuteAsync(
                $"UPDATE {KeptSchema.Index} SET returned_at = clock_timestamp(), returned_rows = $2 WHERE id = $1",
                cancellationToken,
                keepsake.Id,
                rows
            )
            .ConfigureAwait(false);
        _returned.Add((keepsake, rows));
    }

    private async Task<long> InsertAsync(
        Keepsake keepsake,
        string table,
        (ColumnForm Column, ColumnForm Kept)[] pairs,
        CancellationToken cancellationToken
    )
    {
        var names = string.Join(", ", pairs.Select(pair => pair.Column.Sql));
        var values = string.Join(", ", pairs.Select(pair => pair.Column.Returned(pair.Kept)));
        // Rows that the migration itself inserts, such as seed data, are there already.
        var rows = await connection
            .ChangeAsync(
                $"""
                INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE
                SELECT {values} FROM {keepsake.Table} AS k ON CONFLICT DO NOTHING
                """,
                cancellationToken
            )
            .ConfigureAwait(false);
        var all = await connection
            .ScalarAsync<long>($"SELECT count(*) FROM {table}", cancellationToken)
            .ConfigureAwait(false);
        return all >= keepsake.Rows
            ? rows
            : throw new InvalidOperationException(
                $"{keepsake.Rows - all} of the {keepsake.Rows} rows that were dropped with {keepsake.Content.DisplayName} conflict with a unique key of the new table, and cannot come back. They are kept in {keepsake.Table}."
            );
    }

    /// <summary>A value that the migration has computed itself is newer than the one that was dropped.</summary>
    private Task<int> UpdateAsync(
        Keepsake keepsake,
        string table,
        (ColumnForm Column, ColumnForm Kept)[] pairs,
        CancellationToken cancellationToken
    )
    {
        var returned = pairs.Where(pair => keepsake.Content.Columns.Contains(pair.Column.Name, StringComparer.Ordinal));
        var keys = pairs.Where(pair => keepsake.Keys.Contains(pair.Column.Name, StringComparer.Ordinal)).ToArray();
        if (keys.Length < keepsake.Keys.Count)
        {
            throw new InvalidOperationException(
                $"The columns that tell to which row of '{keepsake.Content.Schema}.{keepsake.Content.Table}' a dropped value belongs ({string.Join(", ", keepsake.Keys)}) are not all there. The values are kept in {keepsake.Table}."
            );
        }
        var sets = returned.Select(pair => $"{pair.Column.Sql} = {Choose(pair.Column, pair.Kept)}");
        var matches = keys.Select(pair => $"t.{pair.Column.Sql} = {pair.Column.Returned(pair.Kept)}");
        return connection.ChangeAsync(
            $"UPDATE {table} AS t SET {string.Join(", ", sets)} FROM {keepsake.Table} AS k WHERE {string.Join(" AND ", matches)}",
            cancellationToken
        );
    }

    private static string Choose(ColumnForm column, ColumnForm kept)
    {
        var (value, present) = (column.Returned(kept), $"t.{column.Sql}");
        return column switch
        {
            { IsIdentity: true } => value,
            { Default: null } => $"COALESCE({present}, {value})",
            // Not every type has an equality.
            { Default: { } given } =>
                $"CASE WHEN {present} IS NULL OR {present}::text = (({given})::{column.Type})::text THEN {value} ELSE {present} END",
        };
    }

    /// <summary>The next row gets a number that no row has that came back.</summary>
    private async Task RaiseSequencesAsync(
        string table,
        IEnumerable<ColumnForm> columns,
        CancellationToken cancellationToken
    )
    {
        foreach (var column in columns.Where(column => column.IsIdentity || column.Default is not null))
        {
            var sequence = await connection
                .ScalarAsync<string>(
                    "SELECT pg_catalog.pg_get_serial_sequence($1, $2)",
                    cancellationToken,
                    table,
                    column.Name
                )
                .ConfigureAwait(false);
            if (sequence is not null)
            {
                await connection
                    .ExecuteAsync(
                        $"""
                        SELECT pg_catalog.setval($1::regclass, top) FROM (SELECT max({column.Sql}) AS top FROM {table}) AS t
                        WHERE top > COALESCE(pg_catalog.pg_sequence_last_value($1::regclass), 0)
                        """,
                        cancellationToken,
                        sequence
                    )
                    .ConfigureAwait(false);
            }
        }
    }
}
