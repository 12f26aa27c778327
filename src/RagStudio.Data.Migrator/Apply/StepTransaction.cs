using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator;

/// <summary>The transaction of the running step, kept where EF's migrator looks for it.</summary>
internal sealed class StepTransaction(
    IRelationalConnection connection,
    MigrationExecutionState state,
    IsolationLevel? isolationLevel
) : IAsyncDisposable
{
    /// <summary>The open transaction; begun if there is none.</summary>
    public async Task<DbTransaction> EnsureAsync(CancellationToken cancellationToken)
    {
        if (state.Transaction is null)
        {
            state.Transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
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
        }
        return state.Transaction.GetDbTransaction();
    }

    /// <summary>Runs commands in the transaction, and those outside it that cannot run within one.</summary>
    public async Task<int> ExecuteAsync(IReadOnlyList<MigrationCommand> commands, CancellationToken cancellationToken)
    {
        var result = 0;
        foreach (var command in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.TransactionSuppressed)
            {
                await CommitAsync().ConfigureAwait(false);
            }
            else
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
            }
            result = await command
                .ExecuteNonQueryAsync(connection, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        return result;
    }

    /// <summary>Commits what is open, if anything is. A commit that has begun is not cancelled.</summary>
    public async Task CommitAsync()
    {
        if (state.Transaction is null)
        {
            return;
        }
        await state.Transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        state.AnyOperationPerformed = true;
    }

    /// <summary>Rolls back what is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        var transaction = state.Transaction;
        state.Transaction = null;
        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken) =>
        isolationLevel is { } level
            ? connection.BeginTransactionAsync(level, cancellationToken)
            : connection.BeginTransactionAsync(cancellationToken);
}
