using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What a database file says of one of its databases.</summary>
internal static class SqliteState
{
    public static DatabaseState Read(sqlite3 connection, ISqliteMigrationDatabase database, int historyLimit) =>
        new(
            Applied(connection, database.HistoryTable),
            historyLimit == 0 ? null : SqliteHistory.LastApplied(connection, database.Name),
            historyLimit == 0 ? [] : SqliteHistory.Read(connection, database.Name, historyLimit),
            SqliteHistory.Checksums(connection, database.Name)
        )
        {
            ProgramStamp = SqliteProgramStamps.Read(connection, database.Name),
        };

    private static List<string> Applied(sqlite3 connection, string historyTable) =>
        connection.HasTable(historyTable)
            ? connection.Query(
                $"SELECT \"MigrationId\" FROM {SqliteText.Quote(historyTable)} ORDER BY 1",
                row => row.Text(0) ?? ""
            )
            : [];
}
