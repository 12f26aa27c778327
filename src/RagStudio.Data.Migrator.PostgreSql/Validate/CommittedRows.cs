using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>Counts rows in a second session, which does not see what a run has not committed.</summary>
internal sealed class CommittedRows : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private CommittedRows(NpgsqlConnection connection) => _connection = connection;

    public static async Task<CommittedRows> OpenAsync(ConnectionSource source, CancellationToken cancellationToken)
    {
        var connection = source.CreateSecond();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            // The run itself may hold a lock for which it would wait for ever.
            await connection.ExecuteAsync("SET lock_timeout = 200", cancellationToken).ConfigureAwait(false);
            return new CommittedRows(connection);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <returns>The rows; <see langword="null"/> if the table is locked.</returns>
    public async Task<long?> CountAsync(RowTable table, CancellationToken cancellationToken)
    {
        // The run may have given it another name or schema.
        var name = await _connection
            .ScalarAsync<string>(
                "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1::oid",
                cancellationToken,
                table.Oid
            )
            .ConfigureAwait(false);
        try
        {
            return name is null
                ? 0
                : await _connection
                    .ScalarAsync<long>($"SELECT count(*) FROM {name}", cancellationToken)
                    .ConfigureAwait(false);
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
