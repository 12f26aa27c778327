using System.Text;
using System.Text.RegularExpressions;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Removes what a killed REINDEX CONCURRENTLY has left: the new index before it took the place of the old one, or the old
/// one after that (https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY). Repeated, it
/// would leave them.
/// </summary>
internal static partial class RebuiltIndexes
{
    /// <summary>PostgreSQL's names have at most as many bytes.</summary>
    private const int NameBytes = 63;

    /// <summary>INVALID indexes with the definition of a valid one of the same table, which nobody is creating.</summary>
    private const string SelectTwins = """
        SELECT n.nspname::text, i.relname::text, l.relname::text FROM pg_catalog.pg_index x
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace
        JOIN pg_catalog.pg_index y ON y.indrelid = x.indrelid AND NOT y.indisvalid
        JOIN pg_catalog.pg_class l ON l.oid = y.indexrelid AND l.relam = i.relam
        WHERE x.indisvalid AND n.nspname NOT LIKE 'pg\_%'
            AND (x.indisunique, x.indkey::text, x.indclass::text, x.indcollation::text, x.indoption::text,
                pg_catalog.pg_get_expr(x.indexprs, x.indrelid), pg_catalog.pg_get_expr(x.indpred, x.indrelid))
                IS NOT DISTINCT FROM
                (y.indisunique, y.indkey::text, y.indclass::text, y.indcollation::text, y.indoption::text,
                pg_catalog.pg_get_expr(y.indexprs, y.indrelid), pg_catalog.pg_get_expr(y.indpred, y.indrelid))
            AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p
                WHERE p.datname = pg_catalog.current_database() AND p.relid = y.indrelid)
            AND CASE $1
                WHEN 'INDEX' THEN x.indexrelid = pg_catalog.to_regclass($2) OR x.indexrelid IN
                    (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($2)))
                WHEN 'TABLE' THEN x.indrelid = pg_catalog.to_regclass($2) OR x.indrelid IN
                    (SELECT relid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass($2)))
                WHEN 'SCHEMA' THEN n.oid = pg_catalog.to_regnamespace($2)
                ELSE true END
        """;

    /// <param name="connection">The open connection.</param>
    /// <param name="statement">The statement that is going to be repeated.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task DropLeftAsync(
        NpgsqlConnection connection,
        OutsideStatement statement,
        CancellationToken cancellationToken
    )
    {
        if (statement.Rebuilt is not var (what, name))
        {
            return;
        }
        var twins = await connection
            .QueryAsync(
                SelectTwins,
                row => (Schema: row.GetString(0), Index: row.GetString(1), Left: row.GetString(2)),
                cancellationToken,
                what,
                name
            )
            .ConfigureAwait(false);
        foreach (var twin in twins.Where(twin => IsLeftOf(twin.Index, twin.Left)))
        {
            await connection
                .ExecuteAsync(
                    $"DROP INDEX CONCURRENTLY IF EXISTS {PostgreSqlText.Quote(twin.Schema, twin.Left)}",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>True if PostgreSQL derives the name: as much of the index's as there is space for, and a suffix.</summary>
    internal static bool IsLeftOf(string index, string left)
    {
        if (Suffix().Match(left) is not { Success: true } suffix)
        {
            return false;
        }
        var length = Math.Min(Encoding.UTF8.GetByteCount(index), NameBytes - suffix.Length);
        return left[..suffix.Index] == Clip(index, length);
    }

    private static string Clip(string name, int bytes)
    {
        var length = 0;
        return string.Concat(
            name.EnumerateRunes()
                .TakeWhile(rune => (length += rune.Utf8SequenceLength) <= bytes)
                .Select(rune => rune.ToString())
        );
    }

    [GeneratedRegex("_cc(?:new|old)[0-9]*$")]
    private static partial Regex Suffix();
}
