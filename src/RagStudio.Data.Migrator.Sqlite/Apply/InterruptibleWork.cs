using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Runs statements under a time limit, and distinguishes a timeout from a cancellation.</summary>
internal static class InterruptibleWork
{
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was canceled.</exception>
    public static T Run<T>(SqliteConnection connection, WorkLimits limits, Func<T> work) =>
        Run(connection, limits, _ => work());

    /// <summary>Runs statements that use the interrupt.</summary>
    /// <exception cref="TimeoutException">The time limit has expired.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was canceled.</exception>
    public static T Run<T>(SqliteConnection connection, WorkLimits limits, Func<SqliteInterrupt, T> work)
    {
        using var interrupt = new SqliteInterrupt(connection, limits);
        try
        {
            limits.Token.ThrowIfCancellationRequested();
            return work(interrupt);
        }
        catch (SqliteException failure) when (failure.IsInterrupt())
        {
            limits.Token.ThrowIfCancellationRequested();
            throw new TimeoutException($"Timed out after {limits.Timeout?.TotalSeconds:0.###} s.", failure);
        }
    }
}
