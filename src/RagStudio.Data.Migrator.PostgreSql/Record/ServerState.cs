using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Record;

/// <summary>What a connection finds in its database, read in one round trip.</summary>
/// <param name="Target">The first schema of the <c>search_path</c>; <see langword="null"/> if none of them exists.</param>
/// <param name="Version">The server's version, such as 150004.</param>
/// <param name="HasPrepared">True if runs have prepared transactions that nobody has ended.</param>
/// <param name="Tables">The tables of EF and of the migrator in all schemas, by schema and name.</param>
internal sealed record ServerState(
    string? Target,
    int Version,
    bool HasPrepared,
    IReadOnlySet<(string Schema, string Name)> Tables
)
{
    private const string Select = """
        SELECT pg_catalog.current_schema()::text,
            pg_catalog.current_setting('server_version_num')::int4,
            EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts
                WHERE database = pg_catalog.current_database() AND gid LIKE '\_\_migrator:%')
        """;

    private const string SelectTables = """
        SELECT n.nspname::text, c.relname::text FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = ANY ($1::text::name[]) AND c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\_%'
        """;

    public bool Has(string schema, string table) => Tables.Contains((schema, table));

    /// <param name="connection">The open connection.</param>
    /// <param name="histories">The names of EF's history tables.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<ServerState> ReadAsync(
        NpgsqlConnection connection,
        IEnumerable<string> histories,
        CancellationToken cancellationToken
    )
    {
        string[] names = [.. histories.Concat(MigratorTables.All).Distinct(StringComparer.Ordinal)];
        var batch = new NpgsqlBatch(connection);
        await using (batch.ConfigureAwait(false))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Select));
            batch.BatchCommands.Add(
                new NpgsqlBatchCommand(SelectTables)
                {
                    Parameters = { ServerQueries.Parameter(ServerQueries.ArrayText(names)) },
                }
            );
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var state = new ServerState(
                    reader.Text(0),
                    reader.GetInt32(1),
                    reader.GetBoolean(2),
                    new HashSet<(string, string)>()
                );
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var tables = await reader
                    .ReadAllAsync(row => (row.GetString(0), row.GetString(1)), cancellationToken)
                    .ConfigureAwait(false);
                return state with { Tables = tables.ToHashSet() };
            }
        }
    }
}
