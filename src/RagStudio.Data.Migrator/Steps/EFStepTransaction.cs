using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A step's transaction on EF's connection, stored where EF's migrator looks for it.</summary>
internal sealed class EFStepTransaction(
    IRelationalConnection connection,
    MigrationExecutionState state,
    IsolationLevel? isolationLevel
) : StepTransaction
{
    protected override DbTransaction? Open => state.Transaction?.GetDbTransaction();

    public override async Task CommitAsync()
    {
        if (state.Transaction is null)
        {
            return;
        }
        await state.Transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        state.AnyOperationPerformed = true;
    }

    public override async ValueTask DisposeAsync()
    {
        var transaction = state.Transaction;
        state.Transaction = null;
        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        state.Transaction = isolationLevel is { } level
            ? await connection.BeginTransactionAsync(level, cancellationToken).ConfigureAwait(false)
            : await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        if (state.DatabaseLock is not null)
        {
            state.DatabaseLock = await state
                .DatabaseLock.ReacquireIfNeededAsync(
                    connectionReopened: false,
                    transactionRestarted: true,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        return state.Transaction.GetDbTransaction();
    }
}
