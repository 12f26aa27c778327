namespace RagStudio.Data.Migrator;

/// <summary>The kinds of validation errors.</summary>
public enum ValidationErrorKind
{
    /// <summary>The database's structure is damaged, or a row breaks a constraint of its table.</summary>
    Integrity,

    /// <summary>A table that the applied migrations create is missing.</summary>
    MissingTable,

    /// <summary>A table, an index or another object differs from what the applied migrations create.</summary>
    SchemaMismatch,

    /// <summary>A foreign key refers to a table or to columns that do not exist.</summary>
    ForeignKey,

    /// <summary>A row refers to a row that does not exist.</summary>
    OrphanedRecord,

    /// <summary>A sequence of numbers has a gap or a duplicate, or starts at the wrong number.</summary>
    SequenceGap,

    /// <summary>Content does not match its checksum: a row's, or that of an applied migration.</summary>
    ChecksumMismatch,

    /// <summary>Text is not valid JSON.</summary>
    InvalidJson,

    /// <summary>A row refers to a row of another database that does not exist.</summary>
    CrossDatabaseConstraintViolation,

    /// <summary>A line of the migrator's history was changed or removed.</summary>
    HistoryTampered,

    /// <summary>A run removed rows that none of its migrations declared.</summary>
    LostRows,

    /// <summary>A violation of one of the application's own rules.</summary>
    Rule,
}
