using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// Reads the applied migrations, from the file first: if it shows that all of the program's migrations are
/// applied, EF is not needed to locate its history.
/// </summary>
internal static class SqliteApplied
{
    /// <returns>The ids; <see langword="null"/> if only the context's own history repository can read them.</returns>
    /// <exception cref="DatabaseAccessException">There is a history that EF would not find.</exception>
    public static IReadOnlyList<string>? TryRead(sqlite3 connection, ISqliteMigrationDatabase database)
    {
        if (Find(connection, database.HistoryTable) is { } found && (found.IsPlain || database.MayChangeHistory))
        {
            var ids = Read(connection, found);
            if (!database.MayChangeHistory || IsAllThatIsKnown(ids, database))
            {
                return ids;
            }
        }
        var history = database.History;
        return !history.IsOfEF ? null
            : Exists(connection, history, database) ? Read(connection, history)
            : [];
    }

    /// <summary>Reads them through a connection on which EF can be used.</summary>
    public static IReadOnlyList<string> Read(SqliteConnection connection, ISqliteMigrationDatabase database) =>
        TryRead(connection.Handle!, database) ?? database.ReadAppliedByEF(connection);

    /// <summary>Finds the history under a known name, with EF's column, or otherwise with its primary key.</summary>
    private static EFHistory? Find(sqlite3 connection, string table)
    {
        if (!connection.HasTable(table))
        {
            return null;
        }
        if (connection.HasColumn(table, EFHistory.DefaultIdColumn))
        {
            return EFHistory.Plain(table);
        }
        var columns = ColumnsOf(connection, table);
        var key = columns.FindAll(column => column.IsKey);
        return key.Count == 1 ? new EFHistory(table, key[0].Name, IsOfEF: true) : null;
    }

    private static bool IsAllThatIsKnown(IReadOnlyList<string> ids, ISqliteMigrationDatabase database) =>
        database
            .Migrations.Select(migration => migration.Version)
            .ToHashSet(StringComparer.OrdinalIgnoreCase)
            .SetEquals(ids);

    private static List<string> Read(sqlite3 connection, EFHistory history) =>
        // Qualified with the table, because some builds of SQLite would read the name of a missing column as a string.
        connection.Query(
            $"SELECT h.{SqliteText.Quote(history.IdColumn)} FROM {SqliteText.Quote(history.Table)} AS h ORDER BY 1",
            row => row.Text(0) ?? ""
        );

    /// <summary>
    /// EF looks for a table with exactly this name; if there is none, it applies every migration again.
    /// </summary>
    /// <returns>True if there is a history.</returns>
    /// <exception cref="DatabaseAccessException">There is one that EF would not find, or not read.</exception>
    private static bool Exists(sqlite3 connection, EFHistory history, ISqliteMigrationDatabase database)
    {
        var objects = connection.Query(
            "SELECT \"name\", \"type\" FROM sqlite_master WHERE \"name\" = ? COLLATE NOCASE AND \"type\" IN ('table', 'view')",
            row => (Name: row.Text(0)!, Type: row.Text(1)!),
            history.Table
        );
        if (objects is not [var (name, type)])
        {
            return false;
        }
        var columns = ColumnsOf(connection, name).ConvertAll(column => column.Name);
        var fault =
            type != "table"
                ? $"EF's history '{name}' is a view, which EF does not recognize as its history: it would apply every migration again"
            : name != history.Table
                ? $"EF's history is the table '{history.Table}', but the file has it as '{name}', which EF does not find: it would apply every migration again. Rename the table via a third name"
            : !columns.Contains(history.IdColumn, StringComparer.OrdinalIgnoreCase)
                ? $"EF's history '{name}' has the columns {string.Join(", ", columns)}, but the context reads '{history.IdColumn}'. It was created with another naming convention: rename its columns"
            : null;
        return fault is null
            ? true
            : throw new DatabaseAccessException(
                MigrationPhase.Plan,
                database.Storage.DisplayName,
                DatabaseProblem.Other,
                fault
            );
    }

    private static List<(string Name, bool IsKey)> ColumnsOf(sqlite3 connection, string table) =>
        connection.Query(
            "SELECT \"name\", \"pk\" FROM pragma_table_info(?)",
            row => (row.Text(0)!, row.Bool(1)),
            table
        );
}
