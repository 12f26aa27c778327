namespace RagStudio.Data.Migrator.Run;

/// <summary>Decides what to do about the journal of a run that is no longer active.</summary>
internal static class RecoveryPlanner
{
    public static RecoveryAction Decide(bool journalExists, IReadOnlyList<JournalEntry> entries) =>
        entries switch
        {
            _ when !journalExists => RecoveryAction.Nothing,
            // Its first line never reached the disk, and no change is made before that.
            [] => RecoveryAction.Discard,
            [.., { Event: JournalEvent.Completed or JournalEvent.RolledBack }] => RecoveryAction.Discard,
            [.., { Event: JournalEvent.Validated }] => RecoveryAction.Finish,
            _ => RecoveryAction.Restore,
        };
}
