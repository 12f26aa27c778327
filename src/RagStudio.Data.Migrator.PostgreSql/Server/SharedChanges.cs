using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>
/// Finds what a transaction in a scratch database changes beyond it: roles, their memberships, settings, and whatever else
/// all databases of a server share. Whoever writes to such a catalog keeps its lock until the end of the transaction,
/// whichever statement or function it was.
/// </summary>
internal static class SharedChanges
{
    private const string SelectWritten = """
        SELECT string_agg(DISTINCT relation::regclass::text, ', ') FROM pg_catalog.pg_locks
        WHERE pid = pg_catalog.pg_backend_pid() AND locktype = 'relation' AND database = 0 AND mode = 'RowExclusiveLock'
        """;

    /// <returns>What was changed, as a clause; <see langword="null"/> for nothing.</returns>
    public static async Task<string?> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<string>(SelectWritten, cancellationToken).ConfigureAwait(false) is { } catalogs
            ? $"the migrations change what all databases of the server share ({catalogs}), which a scratch database cannot replace"
            : null;

    /// <exception cref="NotSupportedException">Something was changed.</exception>
    public static async Task DemandNoneAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await FindAsync(connection, cancellationToken).ConfigureAwait(false) is { } change)
        {
            throw new NotSupportedException(change);
        }
    }
}
