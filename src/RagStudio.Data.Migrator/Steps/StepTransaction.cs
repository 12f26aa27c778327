using System.Data.Common;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>The transaction of the running step.</summary>
internal abstract class StepTransaction : IAsyncDisposable
{
    /// <summary>The open transaction; <see langword="null"/> if there is none.</summary>
    protected abstract DbTransaction? Open { get; }

    /// <summary>Gets the open transaction, or begins one.</summary>
    public Task<DbTransaction> EnsureAsync(CancellationToken cancellationToken) =>
        Open is { } open ? Task.FromResult(open) : BeginAsync(cancellationToken);

    /// <summary>Runs commands in the transaction, and those outside it that cannot run within one.</summary>
    public async Task ExecuteAsync(IReadOnlyList<StepCommand> commands, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (command.TransactionSuppressed)
            {
                await SuspendAsync().ConfigureAwait(false);
            }
            else
            {
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
            }
            await command.ExecuteAsync(Open, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Commits the open transaction, if any. A commit that has begun is not canceled.</summary>
    public async Task CommitAsync()
    {
        if (Open is not null)
        {
            await CommitOpenAsync().ConfigureAwait(false);
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Rolls back the open transaction, if any.</summary>
    public abstract ValueTask DisposeAsync();

    protected abstract Task<DbTransaction> BeginAsync(CancellationToken cancellationToken);

    protected abstract Task CommitOpenAsync();

    /// <summary>Makes way for a command that cannot run in a transaction.</summary>
    protected virtual Task SuspendAsync() => CommitAsync();
}
