namespace RagStudio.Data.Migrator;

/// <summary>What to do about applied migrations that the program does not have, though it has newer ones.</summary>
public enum UnknownMigrationPolicy
{
    /// <summary>Log a warning and go on.</summary>
    Warn,

    /// <summary>Go on in silence.</summary>
    Tolerate,

    /// <summary>Refuse to migrate.</summary>
    Refuse,
}
