using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Testing;

/// <summary>The borders of a run where something has just become durable.</summary>
public static class RunPoints
{
    public const string BackupWritten = "BackupWritten";
    public const string BackupNamed = "BackupNamed";
    public const string JournalBegun = "JournalBegun";
    public const string JournalValidated = "JournalValidated";
    public const string JournalEnded = "JournalEnded";

    /// <summary>Watches the runs that the caller begins.</summary>
    public static void Watch(Action<string> watcher) => CrashPoints.Watch(watcher);

    /// <summary>Does something where a run that the caller begins comes to a point.</summary>
    public static void At(string point, Action act) =>
        Watch(reached =>
        {
            if (reached == point)
            {
                act();
            }
        });
}
