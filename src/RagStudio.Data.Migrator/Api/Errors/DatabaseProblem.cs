namespace RagStudio.Data.Migrator;

/// <summary>The reason why a database cannot be used.</summary>
public enum DatabaseProblem
{
    /// <summary>The file cannot be opened: its folder is missing, or it is not a file.</summary>
    CannotOpen,

    /// <summary>The file is not a database.</summary>
    NotADatabase,

    /// <summary>The database is damaged.</summary>
    Corrupt,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk is full.</summary>
    NoSpace,

    /// <summary>
    /// Another problem, described in the message. Neither the file nor its permissions are the cause.
    /// </summary>
    Other,

    /// <summary>
    /// The write-ahead log or rollback journal beside the file belongs to another file: one file was replaced by another. Neither was
    /// touched.
    /// </summary>
    ForeignLog,

    /// <summary>The server cannot be reached, refuses the connection, or cannot be used for a run. The message says what to do.</summary>
    Server,
}
