using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Migrations;

/// <summary>The names of a table that an operation renames or moves to another schema.</summary>
/// <param name="Name">The old name.</param>
/// <param name="NewName">The new name.</param>
internal sealed record RenamedTable(string Name, string NewName)
{
    /// <returns>The names; <see langword="null"/> if the table keeps its own.</returns>
    public static RenamedTable? From(RenameTableOperation operation, IMigrationDatabase database)
    {
        var name = database.NameOf(operation.Schema, operation.Name);
        // EF moves a table without a new schema to the default one.
        var newName = database.NameOf(operation.NewSchema, operation.NewName ?? operation.Name);
        return name == newName ? null : new RenamedTable(name, newName);
    }
}
