using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Finds the tables that EF copies, and the indexes and triggers that are created, in a migration's operations.</summary>
internal static class RebuildOperations
{
    /// <summary>
    /// The tables that EF copies, by their names at the time when the copies replace them: EF executes
    /// renames first.
    /// </summary>
    public static IReadOnlyCollection<string> TablesOf(IReadOnlyList<MigrationOperation> operations)
    {
        var rebuilds = SqliteRebuilds.Find(operations);
        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var operation in operations)
        {
            if (operation is RenameTableOperation { NewName: { } newName } rename && tables.Remove(rename.Name))
            {
                tables.Add(newName);
            }
            else if (operation is ITableMigrationOperation { Table: { } table } && rebuilds.Contains(operation))
            {
                tables.Add(table);
            }
        }
        return tables;
    }

    /// <summary>True if an operation creates an index or a trigger of the given name.</summary>
    public static bool Creates(MigrationOperation operation, string name) =>
        operation switch
        {
            CreateIndexOperation index => IsSame(index.Name, name),
            RenameIndexOperation index => IsSame(index.NewName, name),
            SqlOperation sql => SqliteStatements.Read(sql.Sql).Any(statement => Creates(statement, name)),
            _ => false,
        };

    private static bool Creates(SqlStatement statement, string name) =>
        statement.Kind is SqlStatementKind.CreateIndex or SqlStatementKind.CreateTrigger
        && IsSame(statement.Name, name);

    private static bool IsSame(string? one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
