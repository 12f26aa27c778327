using Npgsql;
using RagStudio.Data.Migrator.PostgreSql.Record;
using RagStudio.Data.Migrator.PostgreSql.Server;
using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Apply;

/// <summary>
/// Executes what has to follow a run, after its commit or at the next start. Each statement may have been executed
/// already, completely or half: an index that was interrupted is INVALID, and is created again.
/// </summary>
internal sealed class FollowingStatements(NpgsqlConnection connection, HistoryWriter writer)
{
    private const string SelectIndex = """
        SELECT x.indisvalid FROM pg_catalog.pg_index x WHERE x.indexrelid = pg_catalog.to_regclass($1)
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (runId, statements) in await writer.ReadUnfinishedAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var text in statements)
            {
                await RunAsync(FollowingStatement.Parse(text), cancellationToken).ConfigureAwait(false);
                await writer.FinishFirstAsync(runId).ConfigureAwait(false);
            }
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
        await SetTimeoutAsync(following.Limit ?? TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.ExecuteAsync(following.Sql, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException failure)
            when (statement.Kind == OutsideKind.DropIndex && failure.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            // It was dropped before.
        }
        catch (NpgsqlException failure)
        {
            var reason = failure is PostgresException answered
                ? $"{answered.MessageText} (SQLSTATE {answered.SqlState})"
                : failure.Message.TrimEnd('.');
            throw new InvalidOperationException(
                $"Everything is committed, but a statement that has to follow it failed, and is repeated at the next start: {reason}. The statement: {following.Sql}",
                failure
            );
        }
        await SetTimeoutAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
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

    private Task SetTimeoutAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            FormattableString.Invariant($"SET statement_timeout = {(long)Math.Ceiling(timeout.TotalMilliseconds)}"),
            cancellationToken
        );
}
