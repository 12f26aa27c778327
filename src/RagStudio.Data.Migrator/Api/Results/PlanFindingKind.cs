namespace RagStudio.Data.Migrator;

/// <summary>The kinds of findings about a migration before it runs.</summary>
public enum PlanFindingKind
{
    /// <summary>A table with rows is dropped.</summary>
    DroppedTable,

    /// <summary>A column with values is dropped.</summary>
    DroppedColumn,

    /// <summary>
    /// A column is NOT NULL without a default, and there are rows without a value for it: the migration fails.
    /// </summary>
    NotNullWithoutDefault,

    /// <summary>Rows violate a new unique index or key: the migration fails.</summary>
    UniqueViolation,

    /// <summary>A column's new type or length does not fit existing values.</summary>
    NarrowingChange,

    /// <summary>A statement updates or deletes every row of a table.</summary>
    StatementWithoutWhere,

    /// <summary>
    /// A trigger is lost when its table is rebuilt. If EF rebuilds it, the trigger is recreated if it still fits.
    /// </summary>
    LostTrigger,

    /// <summary>A trigger of another table mentions a table that is rebuilt or dropped.</summary>
    BrokenTrigger,

    /// <summary>A view mentions a table that is rebuilt or dropped.</summary>
    BrokenView,

    /// <summary>The migration cannot be reverted.</summary>
    MissingDown,

    /// <summary>Rows are deleted: those that match a condition, or those that a cascade deletes with them.</summary>
    DeletedRows,

    /// <summary>References are set to NULL or to a default because the rows that they refer to are deleted.</summary>
    ClearedReferences,

    /// <summary>
    /// An index that EF does not know is lost when EF rebuilds the table. It is recreated if it still fits.
    /// </summary>
    LostIndex,

    /// <summary>
    /// The name of a new table, column, view or index, or the new name of a table, is already in use, or differs from the old
    /// one only in case: the migration fails, or loses the column's values if it rebuilds the table.
    /// </summary>
    NameTaken,

    /// <summary>
    /// A new column's default is not a constant, and there are rows that need it: the migration fails.
    /// </summary>
    DefaultNotConstant,

    /// <summary>A table with rows is rewritten while others cannot write, or neither read nor write it.</summary>
    RewrittenTable,

    /// <summary>A table with rows is scanned while others cannot write, or neither read nor write it.</summary>
    ScannedTable,

    /// <summary>A table is locked: others cannot write, or neither read nor write it, until the run has ended.</summary>
    LockedTable,

    /// <summary>The locks of the migration, and of those after it, are not known.</summary>
    LocksNotChecked,

    /// <summary>
    /// Rows violate a unique index that is created after everything else is committed: the run is refused.
    /// </summary>
    DuplicatesAfterCommit,

    /// <summary>
    /// A statement is executed after everything else is committed, and nobody can repeat it: without
    /// <see cref="MigrationOptions.AllowUnrepeatableStatements"/> the run is refused.
    /// </summary>
    UnrepeatableStatement,
}
