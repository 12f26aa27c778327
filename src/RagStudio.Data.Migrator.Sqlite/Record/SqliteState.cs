using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>What a database file says of one of its databases.</summary>
internal static class SqliteState
{
    public static DatabaseState Read(sqlite3 connection, ISqliteMigrationDatabase database, int historyLimit)
    {
        var history = SqliteHistoryReader.Of(connection, database);
        return new DatabaseState(
            Applied(connection, database, history),
            historyLimit == 0 ? null : history?.LastApplied(),
            historyLimit == 0 ? [] : history?.Read(historyLimit) ?? [],
            history?.Checksums() ?? new Dictionary<string, string>()
        )
        {
            ProgramStamp = SqliteProgramStamps.Read(connection, database.Owner),
        };
    }

    /// <summary>The ids in EF's history, without those of other contexts that share the table.</summary>
    private static IReadOnlyList<string> Applied(
        sqlite3 connection,
        ISqliteMigrationDatabase database,
        SqliteHistoryReader? history
    ) =>
        connection.HasTable(database.HistoryTable)
            ? ForeignMigrations.Remove(
                connection.Query(
                    $"SELECT \"MigrationId\" FROM {SqliteText.Quote(database.HistoryTable)} ORDER BY 1",
                    row => row.Text(0) ?? ""
                ),
                database,
                history
            )
            : [];
}
