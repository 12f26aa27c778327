namespace RagStudio.Data.Migrator.Run;

/// <summary>The thread that calls the manager, which may be a window's.</summary>
internal static class CallerThread
{
    /// <summary>Goes on in the thread pool. SQLite does its work on the thread that calls it.</summary>
    public static async Task LeaveAsync() =>
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
