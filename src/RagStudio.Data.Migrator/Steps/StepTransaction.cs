using System.Data.Common;
using Microsoft.EntityFrameworkCore.Storage;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>The transaction of the running step.</summary>
internal sealed class StepTransaction : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<OpenTransaction>> _beginAsync;

    /// <summary>The migration whose commands must not leave the run's transaction; <see langword="null"/> if they may.</summary>
    private readonly string? _ofWholeRun;

    private OpenTransaction? _open;

    /// <summary>A step's transaction on a connection unknown to EF.</summary>
    public StepTransaction(DbConnection connection) =>
        _beginAsync = async cancellationToken =>
        {
            var begun = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            return new OpenTransaction(begun, begun, begun.CommitAsync);
        };

    /// <summary>A step's transaction on EF's connection, visible to the context's interceptors and its log.</summary>
    public StepTransaction(IRelationalConnection connection) =>
        _beginAsync = async cancellationToken =>
        {
            var begun = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            return new OpenTransaction(begun.GetDbTransaction(), begun, begun.CommitAsync);
        };

    /// <summary>A step as a savepoint in the run's transaction, which stays open.</summary>
    public StepTransaction(DbTransaction run, string version)
    {
        _beginAsync = async cancellationToken =>
        {
            var savepoint = await Savepoint.CreateAsync(run, cancellationToken).ConfigureAwait(false);
            return new OpenTransaction(run, savepoint, savepoint.ReleaseAsync);
        };
        _ofWholeRun = version;
    }

    /// <summary>Gets the open transaction, or begins one.</summary>
    public async Task<DbTransaction> EnsureAsync(CancellationToken cancellationToken)
    {
        _open ??= await _beginAsync(cancellationToken).ConfigureAwait(false);
        return _open.Transaction;
    }

    /// <summary>Runs commands in the transaction, and those outside it that cannot run within one.</summary>
    public async Task ExecuteAsync(IReadOnlyList<StepCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.TransactionSuppressed)
            {
                await (_ofWholeRun is { } version ? throw CannotLeave(version) : CommitAsync()).ConfigureAwait(false);
            }
            else
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
            }
            await command.ExecuteAsync(_open?.Transaction, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits the open transaction, if any. A commit that has begun is not canceled.</summary>
    public async Task CommitAsync()
    {
        if (_open is not null)
        {
            await _open.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Rolls back the open transaction, if any.</summary>
    public ValueTask DisposeAsync()
    {
        var open = _open;
        _open = null;
        return open?.Owner.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static InvalidOperationException CannotLeave(string version) =>
        new($"The migration '{version}' has a command that cannot run in a transaction, and the run is one.");

    private sealed record OpenTransaction(
        DbTransaction Transaction,
        IAsyncDisposable Owner,
        Func<CancellationToken, Task> CommitAsync
    );
}
