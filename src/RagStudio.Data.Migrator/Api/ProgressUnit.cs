namespace RagStudio.Data.Migrator;

/// <summary>The unit of a <see cref="MigrationProgress"/>.</summary>
public enum ProgressUnit
{
    /// <summary>No unit: the progress is unknown.</summary>
    None,

    /// <summary>Bytes of a database: while backing up, verifying backups or copying for a rehearsal.</summary>
    Bytes,

    /// <summary>Migrations of one database: while applying or reverting.</summary>
    Migrations,

    /// <summary>Rows: of a table, while a rule reads them, with an unknown total; of all tables, while they are copied.</summary>
    Rows,

    /// <summary>A unit chosen by the application's migration code.</summary>
    Items,
}
