using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Runs a query of an application's rule. It must not change what it checks, so that it runs in a read-only
/// transaction, or in a read-only part of the open one.
/// </summary>
internal static class RuleQuery
{
    public static async Task RunAsync(
        NpgsqlConnection connection,
        bool isInTransaction,
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        CancellationToken cancellationToken
    )
    {
        var (begin, end) = isInTransaction
            // What is read-only stays so until the savepoint is rolled back.
            ? (
                "SAVEPOINT rule; SET LOCAL transaction_read_only = on",
                "ROLLBACK TO SAVEPOINT rule; RELEASE SAVEPOINT rule"
            )
            : ("BEGIN READ ONLY", "ROLLBACK");
        await connection.ExecuteAsync(begin, cancellationToken).ConfigureAwait(false);
        try
        {
            await ReadAsync(connection, sql, parameters, forEach, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await connection.ExecuteAsync(end, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync(
        NpgsqlConnection connection,
        string sql,
        IReadOnlyList<(string Name, object Value)> parameters,
        Action<IDataRow> forEach,
        CancellationToken cancellationToken
    )
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            foreach (var (name, value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var row = new ServerRow(reader);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    forEach(row);
                }
            }
        }
    }
}
