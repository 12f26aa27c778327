namespace RagStudio.Data.Migrator.Run;

/// <summary>The thread that calls the manager, which may be a UI thread.</summary>
internal static class CallerThread
{
    /// <summary>Continues on the thread pool, because SQLite blocks the thread that calls it.</summary>
    public static async Task LeaveAsync() =>
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
