namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The borders of a run where something has just become durable, by name. A test of crash safety kills the process
/// there; nobody else watches.
/// </summary>
internal static class CrashPoints
{
    private static readonly AsyncLocal<Action<string>?> Watcher = new();

    /// <summary>Watches the runs that the caller begins.</summary>
    public static void Watch(Action<string> watcher) => Watcher.Value = watcher;

    public static void Pass(string point) => Watcher.Value?.Invoke(point);
}
