namespace RagStudio.Data.Migrator;

/// <summary>Why a backup set was made.</summary>
public enum BackupReason
{
    /// <summary>Migrations were about to be applied.</summary>
    BeforeMigration,

    /// <summary>Somebody asked for it.</summary>
    Manual,
}
