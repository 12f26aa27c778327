using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RagStudio.Data.Tests;

/// <summary>Fails each commit from a certain one on, before it reaches the database.</summary>
internal sealed class FailingCommit(int first) : DbTransactionInterceptor
{
    private int _commits;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction,
        TransactionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    ) => ++_commits >= first ? throw new IOException("The disk is gone.") : new(result);
}
