namespace RagStudio.Data.Migrator;

/// <summary>Why a database cannot be used.</summary>
public enum DatabaseProblem
{
    /// <summary>The file cannot be opened: its folder is missing, or it is not a file.</summary>
    CannotOpen,

    /// <summary>The file is something else than a database.</summary>
    NotADatabase,

    /// <summary>The database is damaged.</summary>
    Corrupt,

    /// <summary>The file or its folder cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk is full.</summary>
    NoSpace,

    /// <summary>Something else, which the detail tells: neither the file nor its permissions are the cause.</summary>
    Other,

    /// <summary>The write-ahead log beside the file was not written for it: a file was put in the place of another. Neither was touched.</summary>
    ForeignLog,
}
