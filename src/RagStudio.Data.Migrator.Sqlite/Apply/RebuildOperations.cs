using Microsoft.EntityFrameworkCore.Migrations.Operations;
using RagStudio.Data.Migrator.Sqlite.Interop;
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
            SqlOperation sql => SqliteTokens.Statements(sql.Sql).Any(statement => IsSame(CreatedBy(statement), name)),
            _ => false,
        };

    /// <summary>The name of the index or trigger that a statement creates.</summary>
    private static string? CreatedBy(IReadOnlyList<SqliteToken> statement)
    {
        var at = new SqliteCursor(statement);
        if (!at.Skip("CREATE"))
        {
            return null;
        }
        _ = at.Skip("UNIQUE") || at.Skip("TEMP") || at.Skip("TEMPORARY");
        if (!at.Skip("INDEX") && !at.Skip("TRIGGER"))
        {
            return null;
        }
        _ = at.Skip("IF") && at.Skip("NOT") && at.Skip("EXISTS");
        return at.ReadTable();
    }

    private static bool IsSame(string? one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
