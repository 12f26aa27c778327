using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A step's transaction on EF's connection, visible to the context's interceptors and its log.</summary>
internal sealed class EFStepTransaction(IRelationalConnection connection) : StepTransaction
{
    private IDbContextTransaction? _open;

    protected override DbTransaction? Open => _open?.GetDbTransaction();

    public override async ValueTask DisposeAsync()
    {
        var transaction = _open;
        _open = null;
        if (transaction is not null)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        _open = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        return _open.GetDbTransaction();
    }

    protected override Task CommitOpenAsync() => _open!.CommitAsync(CancellationToken.None);
}
