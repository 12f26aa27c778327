namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// What a column makes of the values that it is given: https://sqlite.org/datatype3.html#determination_of_column_affinity. A declared length means nothing to
/// SQLite.
/// </summary>
internal enum SqliteAffinity
{
    /// <summary>Keeps every value as it is.</summary>
    Blob,

    /// <summary>Turns numbers into text.</summary>
    Text,

    /// <summary>Turns text that looks like a number into one.</summary>
    Numeric,

    /// <summary>As <see cref="Numeric"/>, and whole numbers with a fraction of zero into integers.</summary>
    Integer,

    /// <summary>As <see cref="Numeric"/>, and integers into floating-point numbers.</summary>
    Real,
}
