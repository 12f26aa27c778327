namespace RagStudio.Data;

/// <summary>The reasons for which a database refuses a statement.</summary>
public enum RowRefusal
{
    /// <summary>
    /// A value is not valid JSON, or the column cannot contain it: a constraint forbids it, it is out of the column's
    /// range, or, on PostgreSQL, it contains the character U+0000.
    /// </summary>
    InvalidValue = 0,

    /// <summary>A row that it refers to does not exist, or rows that refer to it do.</summary>
    ForeignKey = 1,

    /// <summary>The key of the row exists already.</summary>
    ExistingKey = 2,

    /// <summary>Another row has the same value, or combination of values, that must be unique.</summary>
    Duplicate = 3,

    /// <summary>Others held what it needs for too long, or it was chosen to end a deadlock: try again.</summary>
    Busy = 4,

    /// <summary>The database takes no writes: it is full, read-only or shutting down.</summary>
    Unavailable = 5,
}
