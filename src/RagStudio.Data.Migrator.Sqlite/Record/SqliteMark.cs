using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>The mark of a file whose data was copied elsewhere.</summary>
internal static class SqliteMark
{
    private const string Tables = """
        SELECT "name" FROM pragma_table_list WHERE "schema" = 'main' AND "type" = 'table'
            AND "name" NOT LIKE 'sqlite\_%' ESCAPE '\' AND "name" NOT LIKE '\_\_migrator\_%' ESCAPE '\'
        """;

    /// <summary>Separates the mark from a state that has its row.</summary>
    public static DatabaseState Apply(sqlite3 connection, ISqliteMigrationDatabase database, DatabaseState state)
    {
        // Files that have the row by other means lack the line.
        if (!connection.HasTable(SqliteHistory.Table) || !SqliteHistoryChain.HasColumn(connection, "chain"))
        {
            return state;
        }
        var lines = connection.Query(
            """
            SELECT "event", "detail" FROM "__migrator_history"
            WHERE "event" IN ('Moved', 'Reopened') AND ("context" = ?1 OR "chain" = ?2) ORDER BY "id" DESC LIMIT 1
            """,
            row => (Event: row.Text(0), Detail: row.Text(1)),
            database.Owner.Context,
            database.Owner.Chain
        );
        return MoveMark.Apply(state, lines is [{ Event: nameof(MigrationEvent.Moved) } line] ? line.Detail : null);
    }

    /// <summary>Writes or removes the row and the triggers, in the open transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="history">The statements of EF's history that gets the row.</param>
    /// <param name="histories">The names of EF's histories in the file, which stay writable.</param>
    /// <param name="isMoved">True to write it.</param>
    public static void Write(
        SqliteConnection connection,
        SqliteEFHistory history,
        IReadOnlySet<string> histories,
        bool isMoved
    )
    {
        connection.Execute(history.Remove(MoveMark.Version));
        foreach (var trigger in connection.Query("SELECT \"name\" FROM sqlite_master WHERE \"type\" = 'trigger'", Name))
        {
            if (SqliteMarkTriggers.IsOne(trigger))
            {
                connection.Execute($"DROP TRIGGER {SqliteText.Quote(trigger)}");
            }
        }
        if (!isMoved)
        {
            return;
        }
        connection.Execute(history.Add(MoveMark.Version));
        foreach (var table in connection.Query(Tables, Name).Where(table => !histories.Contains(table)))
        {
            foreach (var trigger in SqliteMarkTriggers.Create(table))
            {
                connection.Execute(trigger);
            }
        }
    }

    private static string Name(sqlite3_stmt row) => row.Text(0)!;
}
