namespace RagStudio.Data.Migrator;

/// <summary>The purpose of a run that holds the databases.</summary>
public enum RunActivity
{
    /// <summary>Applying migrations.</summary>
    Migrate,

    /// <summary>Reverting migrations.</summary>
    Rollback,

    /// <summary>Restoring a backup.</summary>
    Restore,

    /// <summary>Creating a backup.</summary>
    BackUp,

    /// <summary>Recovering from a killed run.</summary>
    Recover,

    /// <summary>Accepting an edited migration.</summary>
    Accept,

    /// <summary>Copying all rows to another database.</summary>
    Copy,

    /// <summary>Removing the mark of a database whose data was copied elsewhere.</summary>
    Reopen,

    /// <summary>Recording the version of a database that has no history, or one that does not fit.</summary>
    Adopt,

    /// <summary>Moving a database to another storage.</summary>
    Relocate,
}
