using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;

namespace RagStudio.Data;

/// <summary>A repository's transaction within the caller's: what it writes can be undone without ending that.</summary>
internal sealed class NestedTransaction : IDbContextTransaction
{
    private const string Savepoint = "nested";

    private readonly IDbContextTransaction _outer;
    private bool _ended;

    private NestedTransaction(IDbContextTransaction outer) => _outer = outer;

    public Guid TransactionId { get; } = Guid.NewGuid();

    public static async Task<IDbContextTransaction> BeginAsync(
        IDbContextTransaction outer,
        CancellationToken cancellationToken
    )
    {
        await outer.CreateSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        return new NestedTransaction(outer);
    }

    public void Commit()
    {
        _outer.ReleaseSavepoint(Savepoint);
        _ended = true;
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await _outer.ReleaseSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        _ended = true;
    }

    public void Rollback()
    {
        _ended = true;
        _outer.RollbackToSavepoint(Savepoint);
        _outer.ReleaseSavepoint(Savepoint);
    }

    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        _ended = true;
        await _outer.RollbackToSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
        await _outer.ReleaseSavepointAsync(Savepoint, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A failure that has ended the whole transaction leaves no savepoint, and is the one to be reported.</summary>
    public void Dispose()
    {
        try
        {
            if (!_ended)
            {
                Rollback();
            }
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException) { }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_ended)
            {
                await RollbackAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException) { }
    }
}
