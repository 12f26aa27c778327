namespace RagStudio.Data.Cli;

/// <summary>What the process says of its work when it ends. Scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>Done, or already as wanted.</summary>
    Done = 0,

    /// <summary>An error that nobody foresaw.</summary>
    Unexpected = 1,

    /// <summary>The command, an option or what it names cannot be used; nothing was changed.</summary>
    Usage = 2,

    /// <summary>Migrations are pending, or an interrupted run is to be undone first.</summary>
    Pending = 3,

    /// <summary>Failed; every database is as it was before.</summary>
    Failed = 4,

    /// <summary>Failed, and could not be put back: a person is needed.</summary>
    NeedsAttention = 5,

    /// <summary>What was checked has errors.</summary>
    Invalid = 6,

    /// <summary>The database is newer than this program.</summary>
    Newer = 7,

    /// <summary>Another process holds a database.</summary>
    Locked = 8,

    /// <summary>The backup could not be made; nothing was changed.</summary>
    BackupFailed = 9,

    /// <summary>An applied migration was edited, or the schema is not what the applied migrations make.</summary>
    Drifted = 10,

    /// <summary>The plan was refused.</summary>
    Refused = 11,

    /// <summary>Cancelled; every database is as it was before.</summary>
    Cancelled = 130,
}
