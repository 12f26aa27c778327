namespace RagStudio.Data.Migrator;

/// <summary>The kinds of validation warnings.</summary>
public enum ValidationWarningKind
{
    /// <summary>A table that no applied migration creates.</summary>
    UnexpectedTable,

    /// <summary>
    /// An index, a trigger or a view that no applied migration creates, or that was kept when a rebuild would have lost
    /// it.
    /// </summary>
    UnexpectedObject,

    /// <summary>Something that makes the database slower or larger than necessary.</summary>
    PerformanceIssue,

    /// <summary>Damage that existed before the run, with its count.</summary>
    ExistingDamage,

    /// <summary>A check that could not be made, with the reason.</summary>
    NotChecked,

    /// <summary>
    /// An index or a trigger unknown to EF that was lost when its table was rebuilt, because it does not fit the new
    /// table.
    /// </summary>
    LostObject,

    /// <summary>Rows that refer to no existing row, in an application that has disabled foreign keys.</summary>
    NotEnforced,

    /// <summary>
    /// A collation that sorts text by other rules than those by which the indexes over it were built, so that searches may
    /// miss rows.
    /// </summary>
    OutdatedCollation,

    /// <summary>The data was copied to another database, which is used instead.</summary>
    Moved,
}
