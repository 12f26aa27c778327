namespace RagStudio.Data.Migrator.Providers;

/// <summary>The effects of statements in a migration's own SQL.</summary>
public enum SqlStatementKind
{
    /// <summary>Nothing that a plan reports.</summary>
    Other,

    /// <summary>Changes rows of a table.</summary>
    Update,

    /// <summary>Deletes rows of a table.</summary>
    Delete,

    /// <summary>Copies rows of a table to another one, which is the statement's name.</summary>
    CopyRows,

    /// <summary>Creates a table.</summary>
    CreateTable,

    /// <summary>Drops a table.</summary>
    DropTable,

    /// <summary>Renames a table.</summary>
    RenameTable,

    /// <summary>Adds a column.</summary>
    AddColumn,

    /// <summary>Drops a column.</summary>
    DropColumn,

    /// <summary>Renames a column.</summary>
    RenameColumn,

    /// <summary>Creates a trigger on a table.</summary>
    CreateTrigger,

    /// <summary>Drops a trigger; the statement does not name its table.</summary>
    DropTrigger,

    /// <summary>Creates a view.</summary>
    CreateView,

    /// <summary>Drops a view.</summary>
    DropView,

    /// <summary>Creates an index on a table.</summary>
    CreateIndex,

    /// <summary>Drops an index; the statement does not name its table.</summary>
    DropIndex,
}
