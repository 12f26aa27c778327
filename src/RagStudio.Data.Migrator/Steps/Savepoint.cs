using System.Data.Common;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A savepoint in the transaction of a run. Disposing it rolls back to it, unless it was released.</summary>
internal sealed class Savepoint : IAsyncDisposable
{
    // Not a name that the code or the SQL of a migration might use for a savepoint: the innermost one would be meant.
    private const string Name = "__migrator_step";

    private readonly DbTransaction _run;
    private bool _isOpen = true;

    private Savepoint(DbTransaction run) => _run = run;

    public static async Task<Savepoint> CreateAsync(DbTransaction run, CancellationToken cancellationToken)
    {
        await run.SaveAsync(Name, cancellationToken).ConfigureAwait(false);
        return new Savepoint(run);
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await _run.ReleaseAsync(Name, cancellationToken).ConfigureAwait(false);
        _isOpen = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOpen)
        {
            return;
        }
        _isOpen = false;
        try
        {
            await _run.RollbackAsync(Name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Only after a failure, which is the one to report: without a connection there is no savepoint, and the
            // run, which is undone as a whole, needs none.
        }
    }
}
