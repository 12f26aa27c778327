namespace RagStudio.Data.Migrator;

/// <summary>What has become of data that a migration dropped.</summary>
public enum DroppedDataFate
{
    /// <summary>A run keeps it in the database, and it comes back when the migration is undone.</summary>
    Kept,

    /// <summary>It has come back, because the migration was undone.</summary>
    Returned,

    /// <summary>The migration was undone, and it has not come back. The note says where it is.</summary>
    NotReturned,

    /// <summary>It is in the backup set that the run has made for it.</summary>
    InBackupSet,

    /// <summary>It is in the server's archive, before the restore point that the run has created.</summary>
    BeforeRestorePoint,

    /// <summary>It is in a backup that the application's own code has made.</summary>
    InExternalBackup,

    /// <summary>It is nowhere that the migrator knows of, by consent.</summary>
    Lost,
}
