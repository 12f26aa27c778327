using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Executes what has to follow a run, after its commit or at the next start. Each statement may have been executed
/// already, completely or half: an index that was interrupted is INVALID, and is created again.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="address">Its server.</param>
/// <param name="writer">The tables of the runs.</param>
/// <param name="patience">The longest wait for the commit that removes a statement from its run.</param>
internal sealed class FollowingStatements(
    NpgsqlConnection connection,
    ServerAddress address,
    HistoryWriter writer,
    TimeSpan patience
)
{
    private const string SelectIndex = """
        SELECT x.indisvalid FROM pg_catalog.pg_index x WHERE x.indexrelid = pg_catalog.to_regclass($1)
        """;

    /// <exception cref="ServerStatementException">One failed; it and those after it are left to the next start.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (runId, statements) in await writer.ReadUnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var following in statements.Select(FollowingStatement.Parse))
            {
                try
                {
                    // Its single commits wait for no standby: the one that removes it from its run does, for all of them.
                    await SetAsync(
                            following.Limit ?? TimeSpan.Zero,
                            "SET synchronous_commit = local",
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                    await RunAsync(following, cancellationToken).ConfigureAwait(false);
                    await FinishAsync(runId, cancellationToken).ConfigureAwait(false);
                }
                catch (NpgsqlException failure)
                {
                    throw failure.ToStatementException(
                        address,
                        $"a statement that has to follow a run failed, and is repeated at the next start. The statement: {following.Sql}. The failure"
                    );
                }
            }
        }
    }

    /// <summary>
    /// Removes the statement. No setting of the server limits the wait of a commit for a standby; cancelled, it is done on
    /// the primary.
    /// </summary>
    private async Task FinishAsync(string runId, CancellationToken cancellationToken)
    {
        await SetAsync(TimeSpan.Zero, "RESET synchronous_commit", cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await writer.FinishFirstAsync(runId, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure)
        {
            throw new NpgsqlException("No answer.", new TimeoutException(failure.Message, failure));
        }
    }

    private async Task RunAsync(FollowingStatement following, CancellationToken cancellationToken)
    {
        var statement = OutsideStatement.Read(following.Sql);
        if (
            statement is { Kind: OutsideKind.CreateIndex, QualifiedIndex: { } index }
            && await IsDoneAsync(index, cancellationToken).ConfigureAwait(false)
        )
        {
            return;
        }
        try
        {
            await connection.ExecuteAsync(following.Sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure)
            when (statement.Kind == OutsideKind.DropIndex && failure.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            // It was dropped before.
        }
    }

    /// <summary>Removes what an interrupted creation has left, which slows down every writer and serves no reader.</summary>
    private async Task<bool> IsDoneAsync(string index, CancellationToken cancellationToken)
    {
        var found = await connection
            .QueryAsync(SelectIndex, row => row.GetBoolean(0), cancellationToken, index)
            .ConfigureAwait(false);
        if (found is [false])
        {
            await connection.ExecuteAsync($"DROP INDEX CONCURRENTLY {index}", cancellationToken).ConfigureAwait(false);
        }
        return found is [true];
    }

    private Task SetAsync(TimeSpan timeout, string wait, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            FormattableString.Invariant(
                $"SET statement_timeout = {(long)Math.Ceiling(timeout.TotalMilliseconds)}; {wait}"
            ),
            cancellationToken
        );
}
