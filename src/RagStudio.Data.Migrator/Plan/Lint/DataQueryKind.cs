namespace RagStudio.Data.Migrator.Plan;

/// <summary>The kind of count that a query makes in the present data.</summary>
internal enum DataQueryKind
{
    /// <summary>Rows.</summary>
    Rows,

    /// <summary>Values of a column that are not NULL.</summary>
    Values,

    /// <summary>NULLs of a column.</summary>
    Nulls,

    /// <summary>Rows that a condition is true for.</summary>
    Matching,

    /// <summary>Groups of rows that are equal in columns without a NULL.</summary>
    Duplicates,
}
