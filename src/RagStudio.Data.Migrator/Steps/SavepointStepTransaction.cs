using System.Data.Common;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>A step as a savepoint in the run's transaction, which stays open.</summary>
internal sealed class SavepointStepTransaction(DbTransaction run, string version) : StepTransaction
{
    // Not a name that the code or the SQL of a migration might use for a savepoint: the innermost one would be meant.
    private const string Name = "__migrator_step";

    private bool _isOpen;

    protected override DbTransaction? Open => _isOpen ? run : null;

    public override async ValueTask DisposeAsync()
    {
        if (!_isOpen)
        {
            return;
        }
        _isOpen = false;
        try
        {
            await run.RollbackAsync(Name, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Only after a failure, which is the one to report: without a connection there is no savepoint, and the
            // run, which is undone as a whole, needs none.
        }
    }

    protected override async Task<DbTransaction> BeginAsync(CancellationToken cancellationToken)
    {
        await run.SaveAsync(Name, cancellationToken).ConfigureAwait(false);
        _isOpen = true;
        return run;
    }

    protected override async Task CommitOpenAsync()
    {
        await run.ReleaseAsync(Name, CancellationToken.None).ConfigureAwait(false);
        _isOpen = false;
    }

    protected override Task SuspendAsync() =>
        throw new InvalidOperationException(
            $"The migration '{version}' has a command that cannot run in a transaction, and the run is one."
        );
}
