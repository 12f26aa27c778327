using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>
/// What a session has done to a table in its open transaction. PostgreSQL counts what is rolled back to a savepoint, too.
/// </summary>
/// <param name="Inserted">The rows that it has inserted.</param>
/// <param name="Deleted">The rows that it has deleted.</param>
/// <param name="Horizon">A transaction id above those of all transactions that have ended.</param>
internal readonly record struct RowChanges(long Inserted, long Deleted, long Horizon)
{
    /// <summary>More are not looked at: it is faster to count again.</summary>
    private const long MaxTransactions = 1_000_000;

    public long Net => Inserted - Deleted;

    /// <summary>
    /// Determines if all that was done since is still there. A savepoint that was rolled back is a transaction that
    /// was aborted, if it has written anything; which session it was of is not known.
    /// </summary>
    public async Task<bool> AreExactSinceAsync(
        RowChanges before,
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    ) =>
        (Inserted, Deleted) == (before.Inserted, before.Deleted)
        || Horizon - before.Horizon <= MaxTransactions
            && !await connection
                .ScalarAsync<bool>(
                    "SELECT EXISTS (SELECT FROM generate_series($1, $2 - 1) AS id WHERE pg_catalog.pg_xact_status(id::text::xid8) = 'aborted')",
                    cancellationToken,
                    before.Horizon,
                    Horizon
                )
                .ConfigureAwait(false);
}
