using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Storage;

/// <summary>
/// Refuses a run whose <c>search_path</c> does not lead where the context's tables are: EF would create everything anew
/// beside them.
/// </summary>
internal static class TargetGuard
{
    /// <exception cref="DatabaseAccessException">It leads elsewhere, or nowhere.</exception>
    public static async Task DemandAsync(
        PostgreSqlStorage storage,
        NpgsqlConnection connection,
        ServerState server,
        CancellationToken cancellationToken
    )
    {
        if (server.Target is not { } target)
        {
            throw Refuse(
                storage,
                "no schema of the connection's search_path exists. Create the schema, or check Search Path in the connection string"
            );
        }
        foreach (var database in storage.Databases)
        {
            if (database.Options.Schema is { } demanded && demanded != target)
            {
                throw Refuse(
                    storage,
                    $"the first schema of the connection's search_path is '{target}', and '{database.Name}' belongs into '{demanded}'. Add 'Search Path={demanded}' to the connection string"
                );
            }
            var schema = StateReader.SchemaOf(database, target);
            if (database.Options.Schema is null && !server.Has(schema, database.History.Table))
            {
                await DemandNoCopyAsync(storage, connection, server, database, schema, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>A history elsewhere is this context's if it has one of its migrations.</summary>
    private static async Task DemandNoCopyAsync(
        PostgreSqlStorage storage,
        NpgsqlConnection connection,
        ServerState server,
        IPostgreSqlDatabase database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        var versions = database.Migrations.Select(migration => migration.Version).ToArray();
        foreach (var (other, table) in server.Tables.Where(table => table.Name == database.History.Table))
        {
            var history = PostgreSqlText.Quote(other, table);
            var isReadable = await connection
                .ScalarAsync<bool>(
                    "SELECT pg_catalog.has_schema_privilege($1, 'USAGE') AND pg_catalog.has_table_privilege($2, 'SELECT')",
                    cancellationToken,
                    other,
                    history
                )
                .ConfigureAwait(false);
            if (
                isReadable
                && await connection
                    .ScalarAsync<bool>(
                        $"SELECT EXISTS (SELECT FROM {history} WHERE {PostgreSqlText.Quote(database.History.IdColumn)} = ANY ($1))",
                        cancellationToken,
                        versions
                    )
                    .ConfigureAwait(false)
            )
            {
                throw Refuse(
                    storage,
                    $"the first schema of the connection's search_path is '{schema}', but the tables of '{database.Name}' are in '{other}': everything would be created anew beside them. "
                        + $"Add 'Search Path={other}' to the connection string; or, for a second copy of the tables, set PostgreSqlDatabaseOptions.Schema to '{schema}'"
                );
            }
        }
    }

    private static DatabaseAccessException Refuse(PostgreSqlStorage storage, string reason) =>
        new(MigrationPhase.Lock, storage.DisplayName, DatabaseProblem.Server, reason);
}
