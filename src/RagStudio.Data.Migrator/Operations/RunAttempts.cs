using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Makes the changes of a run, again and again while others hold what they need, until the lock timeout. Between two
/// attempts everything is rolled back, so that nobody waits for a run that waits.
/// </summary>
/// <param name="locked">The set.</param>
internal sealed class RunAttempts(LockedSet locked)
{
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly MigrationRun _run = locked.Run;
    private long? _begun;

    /// <summary>The time left for the locks.</summary>
    public TimeSpan TimeLeft
    {
        get
        {
            var left = _run.Options.LockTimeout - Waited;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private TimeSpan Waited => _begun is { } begun ? _run.Time.GetElapsedTime(begun) : TimeSpan.Zero;

    /// <exception cref="DatabaseLockedException">Others did not release it in time; the last attempt is not rolled back.</exception>
    public async Task RunAsync(
        Func<Task> changes,
        Action forget,
        Func<Task> prepareAgain,
        CancellationToken cancellationToken
    )
    {
        _begun = _run.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await changes().ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (FindSession(failure, (one, cause) => one.BeginsAgain(cause)) is not null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await locked.RollBackAsync().ConfigureAwait(false);
                forget();
                await prepareAgain().ConfigureAwait(false);
                _begun = _run.Time.GetTimestamp();
            }
            catch (Exception failure) when (FindContended(failure) is { } database)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TimeLeft == TimeSpan.Zero)
                {
                    forget();
                    throw new DatabaseLockedException(_run.Phase, database, Waited, cause: failure);
                }
                if (!await TryRollBackAsync().ConfigureAwait(false))
                {
                    throw;
                }
                forget();
                await WaitAsync(attempt, database, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>The display name of the storage that others use; <see langword="null"/> if that is not the failure.</returns>
    private string? FindContended(Exception failure) =>
        FindSession(failure, (one, cause) => one.IsContention(cause)) is { } contended
            ? ChainOf(failure).OfType<DatabaseLockedException>().FirstOrDefault()?.Database
                ?? contended.Storage.DisplayName
            : null;

    /// <returns>The storage of which a failure, or what caused it, says something; <see langword="null"/> if there is none.</returns>
    private LockedStorage? FindSession(Exception failure, Func<IStorageSession, Exception, bool> says)
    {
        if (locked.Undo != UndoMethod.Transaction || !_run.Options.RollbackOnFailure)
        {
            return null;
        }
        var chain = ChainOf(failure).ToArray();
        var failed = chain.OfType<FailedStepException>().FirstOrDefault()?.Database;
        return locked
            .All.Where(one => failed is null || _run.Set.Storage(failed).Equals(one.Storage))
            .FirstOrDefault(one => chain.Any(cause => says(one.Session, cause)));
    }

    private static IEnumerable<Exception> ChainOf(Exception failure) =>
        failure is AggregateException several
            ? several.InnerExceptions.SelectMany(ChainOf).Prepend(failure)
            : (failure.InnerException is { } inner ? ChainOf(inner) : []).Prepend(failure);

    /// <summary>What cannot be rolled back is left to the undo, which reports both failures.</summary>
    private async Task<bool> TryRollBackAsync()
    {
        try
        {
            await locked.RollBackAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private Task WaitAsync(int attempt, string database, CancellationToken cancellationToken)
    {
        var longest = ShortestDelay * Math.Pow(2, Math.Min(attempt, 10) - 1);
        // Two runs that hinder each other do not begin again at the same moment.
        var delay = (longest < LongestDelay ? longest : LongestDelay) * (0.75 + (Random.Shared.NextDouble() / 2));
        var left = TimeLeft;
        Log.Contended(_run.Logger, _run.Id, database, attempt, Waited.TotalMilliseconds);
        return Task.Delay(delay < left ? delay : left, _run.Time, cancellationToken);
    }
}
