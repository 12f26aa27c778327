namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>The numbers by which https://sqlite.org/pragma.html#pragma_table_xinfo tells columns apart.</summary>
internal enum SqliteColumnKind
{
    Ordinary = 0,

    /// <summary>Of a virtual table, and not among what <c>SELECT *</c> gives.</summary>
    Hidden = 1,

    /// <summary>Computed whenever it is read.</summary>
    Computed = 2,

    /// <summary>Computed when the row is written.</summary>
    Stored = 3,
}
