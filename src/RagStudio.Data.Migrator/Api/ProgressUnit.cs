namespace RagStudio.Data.Migrator;

/// <summary>What a <see cref="MigrationProgress"/> counts.</summary>
public enum ProgressUnit
{
    /// <summary>Nothing: how far it is, is not known.</summary>
    None,

    /// <summary>Bytes of a database: while backing up, verifying backups or copying for a rehearsal.</summary>
    Bytes,

    /// <summary>Migrations of one database: while applying or reverting.</summary>
    Migrations,

    /// <summary>Rows of a table: while a rule reads them. How many there are is not known.</summary>
    Rows,

    /// <summary>Whatever the application's own migration code counts.</summary>
    Items,
}
