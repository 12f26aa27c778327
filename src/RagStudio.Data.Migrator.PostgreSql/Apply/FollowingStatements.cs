using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Executes what has to follow a run, after its commit or at the next start. Each statement may have been executed
/// already, completely or half: an index that was interrupted is INVALID, and is created again. What nobody can repeat is
/// recorded before it is started, and only a person decides if it is started again.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="address">Its server.</param>
/// <param name="writer">The tables of the runs.</param>
/// <param name="outcomes">What became of started statements, by their ids.</param>
/// <param name="patience">The longest wait for the commit that records the state of a statement.</param>
internal sealed class FollowingStatements(
    NpgsqlConnection connection,
    ServerAddress address,
    HistoryWriter writer,
    IReadOnlyDictionary<string, StatementOutcome> outcomes,
    TimeSpan patience
)
{
    private const string SelectIndex = """
        SELECT x.indisvalid FROM pg_catalog.pg_index x WHERE x.indexrelid = pg_catalog.to_regclass($1)
        """;

    /// <param name="isRepeated">True if a run may have started them that was killed.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ServerStatementException">One failed; it and those after it are left to the next start.</exception>
    /// <exception cref="DatabaseAccessException">It is not known if one was executed that nobody can repeat.</exception>
    public async Task RunAsync(bool isRepeated, CancellationToken cancellationToken)
    {
        foreach (var (runId, statements) in await writer.ReadUnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var (index, text) in statements.Index())
            {
                var following = FollowingStatement.Parse(text);
                var name = $"{runId}_{statements.Length - index}";
                var isDone = following.Starts > 0 && Demand(following, $"{name}_{following.Starts}");
                following = following with { Starts = following.Starts + 1 };
                try
                {
                    if (!isDone)
                    {
                        await StartAsync(runId, following, isRepeated, cancellationToken).ConfigureAwait(false);
                    }
                    await RecordAsync(token => writer.FinishFirstAsync(runId, token), "RESET synchronous_commit")
                        .ConfigureAwait(false);
                }
                catch (NpgsqlException failure)
                {
                    throw failure.ToStatementException(
                        address,
                        following.Starts is null
                            ? $"a statement that has to follow a run failed, and is repeated at the next start. The statement: {following.Sql}. The failure"
                            : $"a statement that has to follow a run failed, and is not repeated. {Settle($"{name}_{following.Starts}")}. The statement: {following.Sql}. The failure"
                    );
                }
            }
        }
    }

    /// <returns>True if the statement was executed, false if it may be started again.</returns>
    private bool Demand(FollowingStatement started, string id) =>
        outcomes.TryGetValue(id, out var outcome)
            ? outcome == StatementOutcome.Done
            : throw new DatabaseAccessException(
                MigrationPhase.Recover,
                address.DisplayName,
                DatabaseProblem.Server,
                $"an earlier run has started a statement that nobody can repeat, and it is not known if it was executed. {Settle(id)}. The statement: {started.Sql}"
            );

    private static string Settle(string id) =>
        $"Find out what it has done. If all of it, run 'ragstudio-db recover --statement-done {id}'; to execute it again, 'ragstudio-db recover --statement-again {id}' "
        + $"(or set MigrationOptions.StatementOutcomes[\"{id}\"])";

    private async Task StartAsync(
        string runId,
        FollowingStatement following,
        bool isRepeated,
        CancellationToken cancellationToken
    )
    {
        if (following.Starts is not null)
        {
            // The statement may reach beyond this server: what takes over from it has to know of the start.
            await RecordAsync(
                    token => writer.ReplaceFirstAsync(runId, following.ToString(), token),
                    "SET synchronous_commit = on"
                )
                .ConfigureAwait(false);
        }
        // Its single commits wait for no standby: the one that removes it from its run does, for all of them.
        await SetAsync(following.Limit ?? TimeSpan.Zero, "SET synchronous_commit = local", cancellationToken)
            .ConfigureAwait(false);
        await RunAsync(following, isRepeated, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Records the state of a statement. No setting of the server limits the wait of a commit for a standby; cancelled, it
    /// is done on the primary.
    /// </summary>
    private async Task RecordAsync(Func<CancellationToken, Task> record, string wait)
    {
        await SetAsync(TimeSpan.Zero, wait, CancellationToken.None).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await record(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException failure)
        {
            throw new NpgsqlException("No answer.", new TimeoutException(failure.Message, failure));
        }
    }

    private async Task RunAsync(FollowingStatement following, bool isRepeated, CancellationToken cancellationToken)
    {
        var statement = OutsideStatement.Read(following.Sql);
        if (
            statement is { Kind: OutsideKind.CreateIndex, QualifiedIndex: { } index }
            && await IsDoneAsync(index, cancellationToken).ConfigureAwait(false)
        )
        {
            return;
        }
        if (isRepeated)
        {
            await RebuiltIndexes.DropLeftAsync(connection, statement, cancellationToken).ConfigureAwait(false);
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
