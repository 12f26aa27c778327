using System.Numerics;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// Finds identity columns and <c>serial</c> columns whose sequence is going to return a number that a row has already. One
/// that begins again at its end (CYCLE) repeats numbers by intent.
/// </summary>
internal sealed class SequenceCheck(NpgsqlConnection connection, string target)
{
    /// <summary>
    /// A sequence belongs to a column as its identity, or because the column owns it and takes its default from it.
    /// Without an index that begins with the column its greatest value can be found only by reading the whole table.
    /// </summary>
    private const string SelectColumns = """
        SELECT n.nspname::text, t.relname::text, a.attname::text, sn.nspname::text, sc.relname::text,
            s.seqincrement, s.seqmin, s.seqmax
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid
        JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = d.refobjid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
            AND (d.deptype = 'i' AND a.attidentity <> '' OR d.deptype = 'a' AND EXISTS (
                SELECT FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_depend u
                    ON u.classid = 'pg_catalog.pg_attrdef'::regclass AND u.objid = f.oid
                WHERE f.adrelid = t.oid AND f.adnum = a.attnum AND u.refobjid = s.seqrelid))
            AND n.nspname = ANY ($1) AND NOT s.seqcycle
            AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
            AND pg_catalog.has_table_privilege(t.oid, 'SELECT') AND pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT')
            AND (t.relpersistence <> 'u' OR NOT pg_catalog.pg_is_in_recovery())
            AND ($2 OR EXISTS (SELECT FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
                JOIN pg_catalog.pg_am m ON m.oid = i.relam
                WHERE x.indrelid = t.oid AND x.indkey[0] = a.attnum AND x.indisvalid AND x.indpred IS NULL AND m.amname = 'btree'))
        ORDER BY 1, 2, 3
        """;

    /// <param name="schemas">The schemas of the tables.</param>
    /// <param name="isFull">True to read tables as a whole whose column has no index.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<IEnumerable<ValidationFinding>> RunAsync(
        string[] schemas,
        bool isFull,
        CancellationToken cancellationToken
    )
    {
        var columns = await connection
            .QueryAsync(SelectColumns, Read, cancellationToken, schemas, isFull)
            .ConfigureAwait(false);
        var errors = new List<ValidationError>();
        foreach (var column in columns)
        {
            if (await FindAsync(column, cancellationToken).ConfigureAwait(false) is { } error)
            {
                errors.Add(error);
            }
        }
        return FoundErrors.Group(StorageCheck.Sequences, errors);
    }

    private async Task<ValidationError?> FindAsync(SequenceColumn column, CancellationToken cancellationToken)
    {
        // Its state is that of its row: a sequence that was never called continues with the number itself.
        var last = await connection
            .QueryAsync(
                $"SELECT last_value, is_called FROM {column.SequenceSql}",
                row => (Value: row.GetInt64(0), IsCalled: row.GetBoolean(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        var next = (Int128)last[0].Value + (last[0].IsCalled ? column.Increment : 0);
        if (next < column.Least || next > column.Greatest)
        {
            return null;
        }
        var found = await connection
            .QueryAsync(
                column.SelectRepeated,
                row => (Value: row.GetInt64(0), End: row.GetInt64(1)),
                cancellationToken,
                (long)next,
                column.Last
            )
            .ConfigureAwait(false);
        return found is [var (repeated, end)] ? column.Describe((long)next, repeated, end, target) : null;
    }

    private static SequenceColumn Read(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            PostgreSqlText.Quote(row.GetString(3), row.GetString(4)),
            row.GetInt64(5),
            row.GetInt64(6),
            row.GetInt64(7)
        );

    private sealed record SequenceColumn(
        string Schema,
        string Table,
        string Column,
        string SequenceSql,
        long Increment,
        long Least,
        long Greatest
    )
    {
        /// <summary>The last number of the sequence. A row that has it, as some applications mark one, is never in the way before.</summary>
        public long Last => Increment > 0 ? Greatest : Least;

        /// <summary>
        /// Selects the first number that would be repeated, and the one farthest in the sequence's direction. Numbers that an
        /// increment of more than one leaves out belong to others.
        /// </summary>
        public string SelectRepeated
        {
            get
            {
                var column = PostgreSqlText.Quote(Column);
                var (after, before, order, end) =
                    Increment > 0 ? (">=", "<", "ASC", "max") : ("<=", ">", "DESC", "min");
                var rows =
                    $"FROM {PostgreSqlText.Quote(Schema, Table)} WHERE {column} {after} $1 AND {column} {before} $2";
                var step = BigInteger.Abs(Increment);
                var isOwn = step.IsOne ? "" : $" AND pg_catalog.mod({column}::numeric - $1, {step}) = 0";
                return $"""
                    SELECT found.number, (SELECT pg_catalog.{end}({column})::int8 {rows})
                    FROM (SELECT {column}::int8 AS number {rows}{isOwn} ORDER BY {column} {order} LIMIT 1) AS found
                    """;
            }
        }

        public ValidationError Describe(long next, long repeated, long end, string target)
        {
            var table = TableName.Format(Schema, Table, target);
            // As far as the numbers of others, in its own steps.
            var last = next + ((Int128)end - next) / Increment * Increment;
            return new ValidationError(
                ValidationErrorKind.Integrity,
                table,
                Column,
                $"the sequence of '{Column}' of '{table}' continues with {next}, but a row has {repeated} already, and others numbers up to {end}: inserts get numbers that exist, and fail where those are unique. Execute: SELECT setval({PostgreSqlText.Literal(SequenceSql)}, {last})"
            );
        }
    }
}
