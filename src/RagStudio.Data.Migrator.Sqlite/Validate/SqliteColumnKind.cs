namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>The values of the column <c>hidden</c> of https://sqlite.org/pragma.html#pragma_table_xinfo.</summary>
internal enum SqliteColumnKind
{
    Ordinary = 0,

    /// <summary>A column of a virtual table that <c>SELECT *</c> does not return.</summary>
    Hidden = 1,

    /// <summary>Computed when it is read.</summary>
    Computed = 2,

    /// <summary>Computed when the row is written.</summary>
    Stored = 3,
}
