namespace RagStudio.Data.Migrator;

/// <summary>The sorts of things that are worth knowing and no errors.</summary>
public enum ValidationWarningKind
{
    /// <summary>A table that no applied migration makes.</summary>
    UnexpectedTable,

    /// <summary>An index, a trigger or a view that no applied migration makes, or that was kept when a rebuild would have lost it.</summary>
    UnexpectedObject,

    /// <summary>Something that makes the database slower or larger than it needs to be.</summary>
    PerformanceIssue,

    /// <summary>Damage that was there before the run, with its count.</summary>
    ExistingDamage,

    /// <summary>A check that could not be made, and why.</summary>
    NotChecked,

    /// <summary>An index or a trigger that EF does not know, that was gone when its table was rebuilt, and that does not fit the new one.</summary>
    LostObject,

    /// <summary>Rows that refer to nothing, old and new ones, in an application that has switched foreign keys off.</summary>
    NotEnforced,
}
