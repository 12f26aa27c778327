namespace RagStudio.Data.Migrator;

/// <summary>What a run that holds the databases is for.</summary>
public enum RunActivity
{
    /// <summary>Applying migrations.</summary>
    Migrate,

    /// <summary>Reverting migrations.</summary>
    Rollback,

    /// <summary>Restoring a backup.</summary>
    Restore,

    /// <summary>Making a backup.</summary>
    BackUp,

    /// <summary>Putting back what a run that died left.</summary>
    Recover,

    /// <summary>Recording that an edited migration is accepted.</summary>
    Accept,
}
