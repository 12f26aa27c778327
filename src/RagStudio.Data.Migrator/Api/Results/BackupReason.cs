namespace RagStudio.Data.Migrator;

/// <summary>The reason for a backup.</summary>
public enum BackupReason
{
    /// <summary>Migrations were about to be applied.</summary>
    BeforeMigration,

    /// <summary>Migrations were about to be reverted.</summary>
    BeforeRollback,

    /// <summary>Another backup was about to be restored.</summary>
    BeforeRestore,

    /// <summary>The state left by a killed run was about to be replaced.</summary>
    Interrupted,

    /// <summary>The backup was requested.</summary>
    Manual,
}
