namespace RagStudio.Data.Migrator;

/// <summary>The action on applied migrations that the program does not have, although it has newer ones.</summary>
public enum UnknownMigrationPolicy
{
    /// <summary>Logs a warning and continues.</summary>
    Warn,

    /// <summary>Continues without a warning.</summary>
    Tolerate,

    /// <summary>Refuses to migrate.</summary>
    Refuse,
}
