namespace RagStudio.Data.Migrator;

/// <summary>How a copy in a backup set was made.</summary>
public enum BackupKind
{
    /// <summary>Its bytes were written and hashed.</summary>
    Copy,

    /// <summary>
    /// The file system made it, and it shares the database's blocks until either file is changed. It takes no time and, at
    /// first, no space. It has no hash and no counted rows, and a bad sector in a shared block is in both files.
    /// </summary>
    Clone,
}
