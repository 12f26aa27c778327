using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>The state that a database file records for one of its databases.</summary>
internal static class SqliteState
{
    public static DatabaseState Read(
        SqliteConnection connection,
        ISqliteMigrationDatabase database,
        int historyLimit
    ) => Read(connection.Handle!, database, historyLimit, SqliteApplied.Read(connection, database));

    /// <returns>The state; <see langword="null"/> if EF must be used, which needs a connection that it knows.</returns>
    public static DatabaseState? TryRead(sqlite3 connection, ISqliteMigrationDatabase database, int historyLimit) =>
        SqliteApplied.TryRead(connection, database) is { } applied
            ? Read(connection, database, historyLimit, applied)
            : null;

    private static DatabaseState Read(
        sqlite3 connection,
        ISqliteMigrationDatabase database,
        int historyLimit,
        IReadOnlyList<string> applied
    )
    {
        var history = SqliteHistoryReader.TryOpen(connection, database);
        var state = new DatabaseState(
            // Without the ids of other contexts that share the table.
            ForeignMigrations.Remove(
                applied,
                database,
                unknown => history?.FindAppliers(unknown) ?? new Dictionary<string, bool>()
            ),
            historyLimit == 0 ? null : history?.LastApplied(),
            historyLimit == 0 ? [] : history?.Read(historyLimit) ?? [],
            history?.Checksums() ?? new Dictionary<string, string>()
        )
        {
            Cache = SqliteCache.Read(connection, database.Owner),
        };
        return MoveMark.IsIn(applied) ? SqliteMark.Apply(connection, database, state) : state;
    }
}
