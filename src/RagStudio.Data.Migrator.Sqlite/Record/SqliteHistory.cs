using System.Globalization;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Steps;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>The migrator's own history table in a file. Lines are only ever added.</summary>
internal static class SqliteHistory
{
    public const string Table = "__migrator_history";

    public const string Create = """
        CREATE TABLE IF NOT EXISTS "__migrator_history" (
            "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
            "event" TEXT NOT NULL,
            "database" TEXT NOT NULL,
            "version" TEXT NULL,
            "name" TEXT NULL,
            "kind" TEXT NULL,
            "applied_at" TEXT NOT NULL,
            "duration_ms" REAL NOT NULL,
            "checksum" TEXT NULL,
            "rollback_sql" TEXT NULL,
            "program_version" TEXT NOT NULL,
            "ef_version" TEXT NOT NULL,
            "run_id" TEXT NOT NULL,
            "detail" TEXT NULL,
            "hash" TEXT NULL,
            "context" TEXT NULL,
            "chain" TEXT NULL
        )
        """;

    private const string Insert = """
        INSERT INTO "__migrator_history" ("event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail", "hash",
            "context", "chain")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    /// <summary>The position of the duration among the fields of a line; it is a number in the table.</summary>
    private const int Duration = 6;

    /// <summary>
    /// Adds a line in the open transaction. The columns of its owner are not hashed, because builds that do
    /// not know them also check the hashes.
    /// </summary>
    public static void Append(sqlite3 connection, SqliteOwner owner, MigrationRecord record) =>
        Append(connection, owner, RecordHash.FieldsOf(record));

    /// <summary>Adds a line whose fields are those of another file's history.</summary>
    public static void Append(sqlite3 connection, SqliteOwner owner, IReadOnlyList<string?> fields)
    {
        var previous = SqliteHistoryChain.Continue(connection);
        object?[] values = [.. fields, RecordHash.Compute(previous, fields), owner.Context, owner.Chain];
        values[Duration] = TimeSpan
            .FromTicks(long.Parse(fields[Duration]!, CultureInfo.InvariantCulture))
            .TotalMilliseconds;
        connection.Execute(Insert, values);
    }

    public static TimeSpan ToDuration(double milliseconds) =>
        // Rounded explicitly: TimeSpan truncates, and would lose a tick to a double that is not exact.
        TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    public static DateTimeOffset? ToTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;
}
