using System.Globalization;
using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>Reads the first and last lines of a history.</summary>
internal static class HistoryTraceReader
{
    /// <summary>Reads those of the first of the databases that has a history.</summary>
    public static async Task<HistoryTrace> FindAsync(
        NpgsqlConnection connection,
        ServerState server,
        IEnumerable<IPostgreSqlDatabase> databases,
        string target,
        CancellationToken cancellationToken
    )
    {
        var schema = databases
            .Select(database => StateReader.SchemaOf(database, target))
            .FirstOrDefault(schema => server.Has(schema, MigratorTables.History));
        return schema is null
            ? HistoryTrace.None
            : await ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<HistoryTrace> ReadAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var table = PostgreSqlText.Quote(schema, MigratorTables.History);
        var origin = await connection
            .ScalarAsync<string>($"SELECT hash FROM {table} ORDER BY id LIMIT 1", cancellationToken)
            .ConfigureAwait(false);
        var last = await connection
            .QueryAsync(
                $"SELECT run_id, applied_at FROM {table} WHERE event IN ('Applied', 'Reverted', 'Restored') ORDER BY id DESC LIMIT 1",
                row => (RunId: row.GetString(0), At: row.GetString(1)),
                cancellationToken
            )
            .ConfigureAwait(false);
        return last is [var (run, at)]
            ? new HistoryTrace(
                origin,
                run,
                DateTimeOffset.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            )
            : new HistoryTrace(origin, null, null);
    }
}
