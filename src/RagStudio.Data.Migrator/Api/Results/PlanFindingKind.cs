namespace RagStudio.Data.Migrator;

/// <summary>What can be found in a migration before it runs.</summary>
public enum PlanFindingKind
{
    /// <summary>A table with rows is dropped.</summary>
    DroppedTable,

    /// <summary>A column with values is dropped.</summary>
    DroppedColumn,

    /// <summary>A column takes no NULL and has no default, and there are rows without a value for it: the migration fails.</summary>
    NotNullWithoutDefault,

    /// <summary>Rows are equal where a new unique index or key takes no value twice: the migration fails.</summary>
    UniqueViolation,

    /// <summary>A column's new type or length does not fit values that are in it.</summary>
    NarrowingChange,

    /// <summary>A statement updates or deletes every row of a table.</summary>
    StatementWithoutWhere,

    /// <summary>A trigger is gone with the table that is rebuilt; where EF rebuilds it, it is created again if it still fits.</summary>
    LostTrigger,

    /// <summary>A trigger of another table mentions a table that is rebuilt or dropped.</summary>
    BrokenTrigger,

    /// <summary>A view mentions a table that is rebuilt or dropped.</summary>
    BrokenView,

    /// <summary>The migration has no way back.</summary>
    MissingDown,

    /// <summary>Rows are deleted: those that a condition chooses, or those that go with a row that they refer to.</summary>
    DeletedRows,

    /// <summary>References are set to NULL or to a default, because the rows that they refer to are deleted.</summary>
    ClearedReferences,

    /// <summary>An index that EF does not know is gone with the table that EF rebuilds; it is created again if it still fits.</summary>
    LostIndex,

    /// <summary>A table or an index gets a name that another one has, or that differs from its own only in case: the migration fails.</summary>
    NameTaken,

    /// <summary>A new column's default is no constant, and there are rows that would need one: the migration fails.</summary>
    DefaultNotConstant,
}
