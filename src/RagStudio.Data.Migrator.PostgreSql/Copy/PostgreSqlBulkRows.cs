using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>The rows of a database, in the transaction of a run.</summary>
internal sealed class PostgreSqlBulkRows(Func<NpgsqlConnection> current, ServerAddress address, string target)
    : IBulkRows
{
    private const string SelectSequences = """
        SELECT a.attname::text, n.nspname::text, s.relname::text
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
            AND d.refobjid = $1::regclass AND d.deptype IN ('a', 'i')
        """;

    private readonly Dictionary<IColumn, ServerValue> _values = [];
    private LateReferences? _references;
    private SecondaryIndexes? _indexes;
    private Notifications? _notifications;

    private NpgsqlConnection Connection => current();

    public async Task HoldAsync(
        IReadOnlyList<BulkTable> tables,
        TimeSpan lockTimeout,
        CancellationToken cancellationToken
    )
    {
        var waiting = Stopwatch.StartNew();
        try
        {
            var patience = (long)Math.Ceiling(Math.Max(1, lockTimeout.TotalMilliseconds));
            // Idle while the other database works.
            await Connection
                .ExecuteAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = {patience}"
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var table in tables.Select(Sql).Order(StringComparer.Ordinal))
            {
                await Connection
                    .ExecuteAsync($"LOCK TABLE {table} IN SHARE MODE", cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (NpgsqlException failure) when (ServerErrors.IsContention(failure))
        {
            throw new DatabaseLockedException(
                MigrationPhase.Lock,
                address.DisplayName,
                waiting.Elapsed,
                cause: failure
            );
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(address);
        }
    }

    public async IAsyncEnumerable<object?[]> ReadAsync(
        BulkTable table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var cells = table.Columns.Select(column => ColumnReader.Create(column.Mapping)).ToArray();
        var row = new object?[cells.Length];
        var command = new NpgsqlCommand($"SELECT {Names(table)} FROM {Sql(table)}", Connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    for (var i = 0; i < cells.Length; i++)
                    {
                        row[i] = reader.IsDBNull(i) ? null : Read(cells[i], reader, i);
                    }
                    yield return row;
                }
            }
        }
    }

    public Task BeginWriteAsync(IReadOnlyList<BulkTable> tables, CancellationToken cancellationToken)
    {
        var names = tables.Select(Sql).ToArray();
        _references = new LateReferences(Connection);
        _indexes = new SecondaryIndexes(Connection);
        _notifications = new Notifications(Connection);
        return TryAsync(async () =>
        {
            // Idle while another database of the set is written.
            await Connection
                .ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken)
                .ConfigureAwait(false);
            await _references.DeferAsync(names, cancellationToken).ConfigureAwait(false);
            await _indexes.DropAsync(names, cancellationToken).ConfigureAwait(false);
            await _notifications.DisableAsync(names, cancellationToken).ConfigureAwait(false);
        });
    }

    public Task EmptyAsync(BulkTable table, CancellationToken cancellationToken) =>
        TryAsync(() => Connection.ExecuteAsync($"DELETE FROM {Sql(table)}", cancellationToken));

    public Task WriteAsync(BulkTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            var values = table.Columns.Select(column => new ServerValue(column)).ToArray();
            var types = values.Select(value => value.DataType).ToArray();
            var importer = await Connection
                .BeginBinaryImportAsync(
                    $"COPY {Sql(table)} ({Names(table)}) FROM STDIN (FORMAT BINARY)",
                    cancellationToken
                )
                .ConfigureAwait(false);
            await using (importer.ConfigureAwait(false))
            {
                importer.Timeout = TimeSpan.Zero;
                await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    await importer.StartRowAsync(cancellationToken).ConfigureAwait(false);
                    for (var i = 0; i < row.Length; i++)
                    {
                        await (
                            row[i] is { } value
                                ? WriteAsync(importer, values[i].ToDriver(value), types[i], cancellationToken)
                                : importer.WriteNullAsync(cancellationToken)
                        ).ConfigureAwait(false);
                    }
                }
                await importer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            }
        });

    public async Task<IReadOnlyDictionary<int, long>> ReadIdentitiesAsync(
        BulkTable table,
        CancellationToken cancellationToken
    )
    {
        var last = new Dictionary<int, long>();
        foreach (var (column, sequence) in await SequencesOfAsync(table, cancellationToken).ConfigureAwait(false))
        {
            var found = await Connection
                .QueryAsync(
                    $"SELECT last_value FROM {sequence} WHERE is_called",
                    row => row.GetInt64(0),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (found is [var number])
            {
                last[column] = number;
            }
        }
        return last;
    }

    public Task SetIdentitiesAsync(
        BulkTable table,
        IReadOnlyDictionary<int, long> last,
        CancellationToken cancellationToken
    ) =>
        TryAsync(async () =>
        {
            foreach (var (column, sequence) in await SequencesOfAsync(table, cancellationToken).ConfigureAwait(false))
            {
                var greatest = await Connection
                    .ScalarAsync<long>(
                        $"SELECT COALESCE(max({PostgreSqlText.Quote(table.Columns[column].Name)}), 0)::int8 FROM {Sql(table)}",
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                var number = Math.Max(greatest, last.GetValueOrDefault(column));
                if (number > 0)
                {
                    await Connection
                        .ExecuteAsync("SELECT pg_catalog.setval($1::regclass, $2)", cancellationToken, sequence, number)
                        .ConfigureAwait(false);
                }
            }
        });

    public Task EndWriteAsync(CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            // Checks that are still to come would keep an index from being created.
            await _references!.CheckAsync(cancellationToken).ConfigureAwait(false);
            await _indexes!.CreateAsync(cancellationToken).ConfigureAwait(false);
            await _notifications!.EnableAsync(cancellationToken).ConfigureAwait(false);
        });

    public BulkPrecision PrecisionOf(BulkColumn column) => ValueOf(column).Precision;

    public string? FindMisfit(BulkColumn column, object value) => ValueOf(column).FindMisfit(value);

    public bool Folds(BulkColumn column) => ValueOf(column).Folds;

    public object Fold(BulkColumn column, object value) => ValueOf(column).Fold(value);

    private ServerValue ValueOf(BulkColumn column)
    {
        if (!_values.TryGetValue(column.Column, out var value))
        {
            _values[column.Column] = value = new ServerValue(column);
        }
        return value;
    }

    /// <summary>The driver resolves the type of an object anew for each value, but that of a class once for each column.</summary>
    private static Task WriteAsync(
        NpgsqlBinaryImporter importer,
        object value,
        string type,
        CancellationToken cancellationToken
    ) =>
        value switch
        {
            string text => importer.WriteAsync(text, type, cancellationToken),
            int number => importer.WriteAsync(number, type, cancellationToken),
            long number => importer.WriteAsync(number, type, cancellationToken),
            double number => importer.WriteAsync(number, type, cancellationToken),
            bool flag => importer.WriteAsync(flag, type, cancellationToken),
            DateTimeOffset time => importer.WriteAsync(time, type, cancellationToken),
            DateTime time => importer.WriteAsync(time, type, cancellationToken),
            _ => importer.WriteAsync(value, type, cancellationToken),
        };

    private static object Read(Func<DbDataReader, int, object> cell, NpgsqlDataReader reader, int index)
    {
        try
        {
            return cell(reader, index);
        }
        // Whatever the driver's conversions throw: the value is told, and nothing is copied. A lost connection is no value.
        catch (Exception failure) when (failure is not (NpgsqlException or IOException))
        {
            return new UnreadableValue($"cannot be read ({failure.GetType().Name})");
        }
    }

    private async Task<List<(int Column, string Sequence)>> SequencesOfAsync(
        BulkTable table,
        CancellationToken cancellationToken
    )
    {
        var found = await Connection
            .QueryAsync(
                SelectSequences,
                row => (Column: row.GetString(0), Sequence: PostgreSqlText.Quote(row.GetString(1), row.GetString(2))),
                cancellationToken,
                Sql(table)
            )
            .ConfigureAwait(false);
        return
        [
            .. from one in found
            let index = table.Columns.ToList().FindIndex(column => column.Name == one.Column)
            where index >= 0
            select (index, one.Sequence),
        ];
    }

    /// <summary>The server's own details may have a value of the row in them.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToStatementException(address);
        }
    }

    private string Sql(BulkTable table) => PostgreSqlText.Quote(table.Table.Schema ?? target, table.Table.Name);

    private static string Names(BulkTable table) =>
        table.Columns.Count == 0
            ? "1"
            : string.Join(", ", table.Columns.Select(column => PostgreSqlText.Quote(column.Name)));
}
