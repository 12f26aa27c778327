using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Keep;

/// <summary>
/// A hash over the rows of a kept table, in any order, so that a check sees if they are still the same. PostgreSQL's hash
/// of a text does not change: partitions by hash depend on it.
/// </summary>
internal static class Seal
{
    /// <summary>Settings that decide how a value is written as text.</summary>
    private const string Select = """
        SELECT set_config(s.name, s.wanted, true), s.name, s.current FROM (
            SELECT v.name, v.wanted, current_setting(v.name) AS current FROM (VALUES
                ('TimeZone', 'UTC'), ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'), ('extra_float_digits', '1'),
                ('bytea_output', 'hex'), ('lc_monetary', 'C'), ('xmloption', 'content')) AS v (name, wanted)
            OFFSET 0) AS s
        """;

    /// <returns>The hash, and the number of the rows.</returns>
    public static async Task<(string Seal, long Rows)> ReadAsync(
        NpgsqlConnection connection,
        string table,
        CancellationToken cancellationToken
    )
    {
        var settings = await connection
            .QueryAsync(Select, row => (Name: row.GetString(1), Former: row.GetString(2)), cancellationToken)
            .ConfigureAwait(false);
        var found = await connection
            .QueryAsync(
                $"""
                SELECT COALESCE(sum(pg_catalog.hashtextextended(k::text, 0)::numeric), 0)::text, count(*)
                FROM {table} AS k
                """,
                row => (row.GetString(0), row.GetInt64(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        await connection
            .ExecuteAsync(
                "SELECT set_config(s.name, s.former, true) FROM unnest($1::text[], $2::text[]) AS s (name, former)",
                cancellationToken,
                settings.Select(setting => setting.Name).ToArray(),
                settings.Select(setting => setting.Former).ToArray()
            )
            .ConfigureAwait(false);
        return found[0];
    }
}
