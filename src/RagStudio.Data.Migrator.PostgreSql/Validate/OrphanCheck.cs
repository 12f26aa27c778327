using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Counts the rows whose foreign key refers to nothing. PostgreSQL prevents that, but not for rows from before a
/// constraint that is NOT VALID, nor while triggers are switched off, as replication and some loaders do.
/// </summary>
internal static class OrphanCheck
{
    private const string SelectKeys = """
        SELECT c.conname::text, cn.nspname::text, cc.relname::text, pn.nspname::text, pc.relname::text,
            ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(num, pos)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num ORDER BY k.pos),
            ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(num, pos)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.num ORDER BY k.pos),
            COALESCE((SELECT ARRAY(SELECT a.attname::text FROM unnest(p.conkey) WITH ORDINALITY k(num, pos)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = k.num ORDER BY k.pos)
                FROM pg_catalog.pg_constraint p WHERE p.conrelid = c.conrelid AND p.contype = 'p'), '{}')
        FROM pg_catalog.pg_constraint c
        JOIN pg_catalog.pg_class cc ON cc.oid = c.conrelid JOIN pg_catalog.pg_namespace cn ON cn.oid = cc.relnamespace
        JOIN pg_catalog.pg_class pc ON pc.oid = c.confrelid JOIN pg_catalog.pg_namespace pn ON pn.oid = pc.relnamespace
        WHERE c.contype = 'f' AND c.conparentid = 0 AND cn.nspname = ANY ($1)
            AND pg_catalog.has_table_privilege(c.conrelid, 'SELECT') AND pg_catalog.has_table_privilege(c.confrelid, 'SELECT')
        ORDER BY 2, 3, 1
        """;

    public static async Task<IReadOnlyList<ValidationFinding>> RunAsync(
        NpgsqlConnection connection,
        string[] schemas,
        string target,
        CancellationToken cancellationToken
    )
    {
        var keys = await connection.QueryAsync(SelectKeys, Read, cancellationToken, schemas).ConfigureAwait(false);
        var findings = new List<ValidationFinding>();
        foreach (var key in keys)
        {
            var found = await connection
                .QueryAsync(key.Sql, row => (Id: row.Text(0), Count: row.GetInt64(1)), cancellationToken)
                .ConfigureAwait(false);
            if (found is [var first, ..])
            {
                var table = TableName.Format(key.Schema, key.Table, target);
                findings.Add(
                    new ValidationFinding(
                        $"foreign key {key.Name}",
                        ValidationErrorKind.OrphanedRecord,
                        table,
                        first.Count,
                        [
                            .. found.Select(row => new ValidationError(
                                ValidationErrorKind.OrphanedRecord,
                                table,
                                row.Id,
                                $"row {row.Id} of '{table}': the foreign key '{key.Name}' refers to a row of '{key.Parent}' that does not exist"
                            )),
                        ]
                    )
                );
            }
        }
        return findings;
    }

    private static Key Read(NpgsqlDataReader row)
    {
        var (child, parent) = (row.GetFieldValue<string[]>(5), row.GetFieldValue<string[]>(6));
        var equal = child.Zip(parent, (c, p) => $"p.{PostgreSqlText.Quote(p)} = c.{PostgreSqlText.Quote(c)}");
        var given = child.Select(c => $"c.{PostgreSqlText.Quote(c)} IS NOT NULL");
        var id = row.GetFieldValue<string[]>(7).Select(column => $"c.{PostgreSqlText.Quote(column)}::text").ToArray();
        return new Key(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(4),
            $"""
            SELECT {(id.Length == 0 ? "NULL::text" : string.Join(" || '/' || ", id))}, count(*) OVER ()
            FROM {PostgreSqlText.Quote(row.GetString(1), row.GetString(2))} c
            WHERE {string.Join(" AND ", given)} AND NOT EXISTS (
                SELECT FROM {PostgreSqlText.Quote(row.GetString(3), row.GetString(4))} p WHERE {string.Join(
                " AND ",
                equal
            )})
            LIMIT {ValidationFinding.MaxNamed}
            """
        );
    }

    private sealed record Key(string Name, string Schema, string Table, string Parent, string Sql);
}
