using System.Data.Common;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A step's transaction on a connection unknown to EF.</summary>
internal sealed class PlainStepTransaction(DbConnection connection) : StepTransaction
{
    private DbTransaction? _open;

    protected override DbTransaction? Open => _open;

    public override ValueTask DisposeAsync()
    {
        var transaction = _open;
        _open = null;
        return transaction?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected override async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken) =>
        _open = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

    protected override Task CommitOpenAsync() => _open!.CommitAsync(CancellationToken.None);
}
