using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace RagStudio.Data;

/// <summary>Tells subscriptions of this process at once that one of its own transactions was committed.</summary>
internal sealed class CommitSignal : DbTransactionInterceptor
{
    private TaskCompletionSource _next = Pending();

    /// <summary>Completes with the first commit after this call.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Gets the signal of a context's database; null if its options were not made by this library.</summary>
    public static CommitSignal? Of(DbContext context) =>
        context
            .GetService<IDbContextOptions>()
            .FindExtension<CoreOptionsExtension>()
            ?.Interceptors?.OfType<CommitSignal>()
            .FirstOrDefault();

    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Raise();

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Raise();
        return Task.CompletedTask;
    }

    private void Raise() => Interlocked.Exchange(ref _next, Pending()).SetResult();

    private static TaskCompletionSource Pending() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
