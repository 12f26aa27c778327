namespace RagStudio.Data.Cli;

/// <summary>The exit codes of the process. Scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>Done, or there was nothing to do.</summary>
    Done = 0,

    /// <summary>An unexpected error.</summary>
    Unexpected = 1,

    /// <summary>The command, an option or something that it names cannot be used; nothing was changed.</summary>
    Usage = 2,

    /// <summary>Migrations are pending, or an interrupted run must be recovered first.</summary>
    Pending = 3,

    /// <summary>Failed; every database is unchanged.</summary>
    Failed = 4,

    /// <summary>Failed, and the changes could not be undone: manual action is required.</summary>
    NeedsAttention = 5,

    /// <summary>The check found errors.</summary>
    Invalid = 6,

    /// <summary>The database is newer than this program, or its data has moved to another one.</summary>
    Newer = 7,

    /// <summary>Another process holds a database.</summary>
    Locked = 8,

    /// <summary>The backup could not be created; nothing was changed.</summary>
    BackupFailed = 9,

    /// <summary>
    /// An applied migration was edited, or the schema differs from what the applied migrations create.
    /// </summary>
    Drifted = 10,

    /// <summary>The plan was refused.</summary>
    Refused = 11,

    /// <summary>Canceled; every database is unchanged.</summary>
    Cancelled = 130,
}
