namespace RagStudio.Data.Migrator.Sqlite.Sql;

/// <summary>
/// A column's type affinity, which decides how it converts stored values:
/// https://sqlite.org/datatype3.html#determination_of_column_affinity. SQLite ignores a declared length.
/// </summary>
internal enum SqliteAffinity
{
    /// <summary>Keeps every value unchanged.</summary>
    Blob,

    /// <summary>Converts numbers to text.</summary>
    Text,

    /// <summary>Converts text that looks like a number to a number.</summary>
    Numeric,

    /// <summary>Like <see cref="Numeric"/>, and converts numbers without a fraction to integers.</summary>
    Integer,

    /// <summary>Like <see cref="Numeric"/>, and converts integers to floating-point numbers.</summary>
    Real,
}
