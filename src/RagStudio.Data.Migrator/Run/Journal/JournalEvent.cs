namespace RagStudio.Data.Migrator.Run;

/// <summary>The event that a line of the run journal records.</summary>
internal enum JournalEvent
{
    /// <summary>The backup is complete; the databases may be changed from now on.</summary>
    Begun,

    /// <summary>
    /// A migration was committed. Written by earlier versions: the database itself records it in the same
    /// transaction, and everything applied is undone together. Each line cost a flush.
    /// </summary>
    Applied,

    /// <summary>Everything was done and validated; only the end of the run is missing.</summary>
    Validated,

    /// <summary>The run has ended: everything is at the new state.</summary>
    Completed,

    /// <summary>The run has ended: everything is at the previous state.</summary>
    RolledBack,
}
