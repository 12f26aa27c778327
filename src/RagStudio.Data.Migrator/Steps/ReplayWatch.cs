namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Counts the migrations of a replay for whoever watches the run. The provider, which runs them in between, has not to pass it on: it goes with the call.
/// </summary>
internal sealed class ReplayWatch
{
    private static readonly AsyncLocal<ReplayWatch?> Current = new();

    private readonly Action<long, long> _report;
    private readonly int _total;
    private int _begun;

    private ReplayWatch(int total, Action<long, long> report) => (_total, _report) = (total, report);

    /// <summary>Tells of what is replayed within a call, at once and before each migration.</summary>
    /// <param name="total">How many migrations that will be.</param>
    /// <param name="report">Told how many are done, of how many.</param>
    /// <param name="replay">The call.</param>
    public static async Task<T> OverAsync<T>(int total, Action<long, long>? report, Func<Task<T>> replay)
    {
        if (report is null)
        {
            return await replay().ConfigureAwait(false);
        }
        report(0, total);
        // What an asynchronous method sets ends with it.
        Current.Value = new ReplayWatch(total, report);
        return await replay().ConfigureAwait(false);
    }

    /// <summary>A migration of the replay that is going on in this call is done.</summary>
    public static void Done() => Current.Value?.Count();

    private void Count() => _report(++_begun, _total);
}
