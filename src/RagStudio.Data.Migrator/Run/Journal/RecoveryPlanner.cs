namespace RagStudio.Data.Migrator.Run;

/// <summary>Decides about the journal of a run that is not alive any more.</summary>
internal static class RecoveryPlanner
{
    public static RecoveryAction Decide(bool journalExists, IReadOnlyList<JournalEntry> entries) =>
        entries switch
        {
            _ when !journalExists => RecoveryAction.Nothing,
            // Its first line never reached the disk, and no change is made before it has.
            [] => RecoveryAction.Discard,
            [.., { Event: JournalEvent.Completed or JournalEvent.RolledBack }] => RecoveryAction.Discard,
            [.., { Event: JournalEvent.Validated }] => RecoveryAction.Finish,
            _ => RecoveryAction.Restore,
        };
}
