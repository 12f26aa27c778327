namespace RagStudio.Data.Migrator;

/// <summary>Why a backup set was made.</summary>
public enum BackupReason
{
    /// <summary>Migrations were about to be applied.</summary>
    BeforeMigration,

    /// <summary>Migrations were about to be reverted.</summary>
    BeforeRollback,

    /// <summary>Another backup was about to be restored.</summary>
    BeforeRestore,

    /// <summary>What a run that died had left was about to be replaced.</summary>
    Interrupted,

    /// <summary>Somebody asked for it.</summary>
    Manual,
}
