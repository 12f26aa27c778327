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

    private List<SequenceColumn> _columns = [];

    /// <param name="batch">Selects the columns.</param>
    /// <param name="schemas">The schemas of the tables.</param>
    /// <param name="isFull">True to read tables as a whole whose column has no index.</param>
    public SequenceCheck Add(QueryBatch batch, string[] schemas, bool isFull)
    {
        _columns = batch.Add(SelectColumns, Read, schemas, isFull);
        return this;
    }

    public async Task<IEnumerable<ValidationFinding>> RunAsync(CancellationToken cancellationToken)
    {
        var last = new QueryBatch(connection);
        // Its state is that of its row: a sequence that was never called continues with the number itself.
        var next = _columns
            .Select(column =>
                (
                    Column: column,
                    Number: last.Add(
                        $"SELECT last_value, is_called FROM {column.SequenceSql}",
                        row => (Int128)row.GetInt64(0) + (row.GetBoolean(1) ? column.Increment : 0)
                    )
                )
            )
            .ToArray();
        await last.RunAsync(cancellationToken).ConfigureAwait(false);
        var repeated = new QueryBatch(connection);
        var errors = next.Where(one => one.Number[0] >= one.Column.Least && one.Number[0] <= one.Column.Greatest)
            .Select(one => (one.Column, Number: (long)one.Number[0]))
            .Select(one =>
                repeated.Add(
                    one.Column.SelectRepeated,
                    row => one.Column.Describe(one.Number, row.GetInt64(0), row.GetInt64(1), target),
                    one.Number,
                    one.Column.Last
                )
            )
            .ToArray();
        await repeated.RunAsync(cancellationToken).ConfigureAwait(false);
        return FoundErrors.Group(StorageCheck.Sequences, errors.SelectMany(error => error));
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
