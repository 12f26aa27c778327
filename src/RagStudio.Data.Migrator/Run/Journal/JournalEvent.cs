namespace RagStudio.Data.Migrator.Run;

/// <summary>What a line of the run journal tells.</summary>
internal enum JournalEvent
{
    /// <summary>The backup is complete; from now on the databases may be changed.</summary>
    Begun,

    /// <summary>
    /// A migration was committed. Written by earlier versions: the database itself tells it, in the very transaction, and whatever was applied is undone
    /// with the rest. A line for each cost a flush of its own.
    /// </summary>
    Applied,

    /// <summary>Everything was done and checked; only the end of the run is missing.</summary>
    Validated,

    /// <summary>The run is over: everything is new.</summary>
    Completed,

    /// <summary>The run is over: everything is as it was.</summary>
    RolledBack,
}
