namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Counts the migrations of a replay for the observer of the run. It flows with the call, so the provider in between
/// does not have to pass it on.
/// </summary>
internal sealed class ReplayWatch(int total, Action<long, long> report)
{
    private static readonly AsyncLocal<ReplayWatch?> Current = new();

    private int _begun;

    /// <summary>Reports the replay within a call, at once and after each migration.</summary>
    /// <param name="total">The number of migrations.</param>
    /// <param name="report">Reports how many are done, of how many.</param>
    /// <param name="replay">The call.</param>
    public static async Task<T> OverAsync<T>(int total, Action<long, long>? report, Func<Task<T>> replay)
    {
        if (report is null)
        {
            return await replay().ConfigureAwait(false);
        }
        report(0, total);
        // A value set in an asynchronous method is reset when the method returns.
        Current.Value = new ReplayWatch(total, report);
        return await replay().ConfigureAwait(false);
    }

    /// <summary>Counts a replayed migration of the current call.</summary>
    public static void Done() => Current.Value?.Count();

    private void Count() => report(++_begun, total);
}
