namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a statement of a migration's own SQL does.</summary>
public enum SqlStatementKind
{
    /// <summary>Nothing that a plan tells of.</summary>
    Other,

    /// <summary>Changes rows of a table.</summary>
    Update,

    /// <summary>Deletes rows of a table.</summary>
    Delete,

    /// <summary>Copies rows of a table into another, which is the statement's name.</summary>
    CopyRows,

    /// <summary>Creates a table.</summary>
    CreateTable,

    /// <summary>Drops a table.</summary>
    DropTable,

    /// <summary>Gives a table another name.</summary>
    RenameTable,

    /// <summary>Adds a column.</summary>
    AddColumn,

    /// <summary>Drops a column.</summary>
    DropColumn,

    /// <summary>Gives a column another name.</summary>
    RenameColumn,

    /// <summary>Creates a trigger of a table.</summary>
    CreateTrigger,

    /// <summary>Drops a trigger; of which table, the statement does not say.</summary>
    DropTrigger,

    /// <summary>Creates a view.</summary>
    CreateView,

    /// <summary>Drops a view.</summary>
    DropView,

    /// <summary>Creates an index of a table.</summary>
    CreateIndex,

    /// <summary>Drops an index; of which table, the statement does not say.</summary>
    DropIndex,
}
