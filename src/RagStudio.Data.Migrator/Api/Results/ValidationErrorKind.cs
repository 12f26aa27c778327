namespace RagStudio.Data.Migrator;

/// <summary>The sorts of errors that the checks find.</summary>
public enum ValidationErrorKind
{
    /// <summary>The database's structure is damaged, or a row breaks a constraint of its table.</summary>
    Integrity,

    /// <summary>A table that the applied migrations make is not there.</summary>
    MissingTable,

    /// <summary>A table, an index or another object is not as the applied migrations make it.</summary>
    SchemaMismatch,

    /// <summary>A foreign key refers to a table or to columns that are not there.</summary>
    ForeignKey,

    /// <summary>A row refers to a row that is not there.</summary>
    OrphanedRecord,

    /// <summary>The numbers of a sequence have a gap or a duplicate, or begin with the wrong one.</summary>
    SequenceGap,

    /// <summary>Content is not what its checksum was computed over: a row's, or that of an applied migration.</summary>
    ChecksumMismatch,

    /// <summary>A text that has to be JSON is not.</summary>
    InvalidJson,

    /// <summary>A row refers to a row of another database that is not there.</summary>
    CrossDatabaseConstraintViolation,

    /// <summary>A line of the migrator's history was changed or removed.</summary>
    HistoryTampered,

    /// <summary>A run removed rows that no migration of it announced.</summary>
    LostRows,

    /// <summary>What an application's own rule found.</summary>
    Rule,
}
