using Npgsql;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Server;

/// <summary>Runs work within limits: the driver asks the server to cancel the running statement.</summary>
internal static class LimitedWork
{
    /// <exception cref="DatabaseAccessException">The server refused a statement, or is gone.</exception>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    public static async Task<T> RunAsync<T>(
        ServerAddress address,
        WorkLimits limits,
        Func<CancellationToken, Task<T>> work
    )
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(limits.Token);
        if (limits.Timeout is { } timeout)
        {
            deadline.CancelAfter(timeout);
        }
        try
        {
            deadline.Token.ThrowIfCancellationRequested();
            return await work(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (deadline.IsCancellationRequested
                && failure
                    is OperationCanceledException
                        or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
            )
        {
            limits.Token.ThrowIfCancellationRequested();
            throw new TimeoutException($"Timed out after {limits.Timeout?.TotalSeconds:0.###} s.", failure);
        }
        catch (NpgsqlException failure)
        {
            throw failure.ToAccessException(MigrationPhase.Validate, address);
        }
    }
}
