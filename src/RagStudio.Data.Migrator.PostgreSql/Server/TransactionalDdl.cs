using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Proves that a server takes back changes of the structure. Engines that speak PostgreSQL's protocol may commit each of
/// them by itself, so that a failed run would leave a part of its migrations.
/// </summary>
internal static class TransactionalDdl
{
    /// <exception cref="DatabaseAccessException">A table is there after its creation was rolled back.</exception>
    public static async Task ProveAsync(
        NpgsqlConnection connection,
        ServerAddress address,
        string schema,
        CancellationToken cancellationToken
    )
    {
        if (!await MayCreateAsync(connection, schema, cancellationToken).ConfigureAwait(false))
        {
            // Nor can the run create anything there, and PostgreSQL says so where it matters.
            return;
        }
        var probe = PostgreSqlText.Quote(schema, $"__migrator_probe_{Guid.NewGuid():N}");
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"CREATE TABLE {probe} (id int)", cancellationToken).ConfigureAwait(false);
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
        }
        if (
            await connection
                .ScalarAsync<bool>("SELECT pg_catalog.to_regclass($1) IS NOT NULL", cancellationToken, probe)
                .ConfigureAwait(false)
        )
        {
            await connection.ExecuteAsync($"DROP TABLE {probe}", cancellationToken).ConfigureAwait(false);
            throw new DatabaseAccessException(
                MigrationPhase.Apply,
                address.DisplayName,
                DatabaseProblem.Server,
                "the server does not take back the creation of a table when its transaction is rolled back, so that a failed run would leave a part of its migrations. Use PostgreSQL, or switch transactional DDL on"
            );
        }
    }

    private static Task<bool> MayCreateAsync(
        NpgsqlConnection connection,
        string schema,
        CancellationToken cancellationToken
    ) =>
        connection.ScalarAsync<bool>(
            "SELECT pg_catalog.has_schema_privilege(oid, 'CREATE') FROM pg_catalog.pg_namespace WHERE nspname = $1",
            cancellationToken,
            schema
        );
}
