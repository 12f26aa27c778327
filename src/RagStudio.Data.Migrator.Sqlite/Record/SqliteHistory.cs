using System.Globalization;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The migrator's own table of what was done to a file. Lines are only ever added.</summary>
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
            "hash" TEXT NULL
        )
        """;

    private const string Insert = """
        INSERT INTO "__migrator_history" ("event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail", "hash")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    private const string Select = """
        SELECT "id", "event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail"
        FROM "__migrator_history" WHERE "database" = ? ORDER BY "id" DESC LIMIT ?
        """;

    private const string SelectChecksums = """
        SELECT "version", "checksum" FROM "__migrator_history"
        WHERE "database" = ? AND "event" IN ('Applied', 'Accepted') AND "version" IS NOT NULL AND "checksum" IS NOT NULL
            AND "id" >= (SELECT MIN("id") FROM "__migrator_history" WHERE "hash" IS NOT NULL)
        ORDER BY "id"
        """;

    /// <summary>The place of the duration among the fields of a line, which is a number in the table.</summary>
    private const int Duration = 6;

    /// <summary>Adds a line, in the transaction that is open.</summary>
    public static void Append(sqlite3 connection, MigrationRecord record)
    {
        var previous = SqliteHistoryChain.Continue(connection);
        var fields = RecordHash.FieldsOf(record);
        object?[] values = [.. fields, RecordHash.Of(previous, fields)];
        values[Duration] = record.Duration.TotalMilliseconds;
        connection.Execute(Insert, values);
    }

    public static IReadOnlyList<MigrationRecord> Read(sqlite3 connection, string database, int limit) =>
        connection.HasTable(Table) ? connection.Query(Select, ReadRecord, database, limit) : [];

    public static DateTimeOffset? LastApplied(sqlite3 connection, string database) =>
        connection.HasTable(Table)
            ? Time(
                connection
                    .Query(
                        "SELECT MAX(\"applied_at\") FROM \"__migrator_history\" WHERE \"database\" = ? AND \"event\" = 'Applied'",
                        row => row.Text(0),
                        database
                    )
                    .Single()
            )
            : null;

    /// <summary>
    /// The last checksum of each migration, by whatever case of its id, as EF compares them. Those of lines before the first with a hash are
    /// of builds that computed them in another way.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Checksums(sqlite3 connection, string database)
    {
        var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (connection.HasTable(Table) && SqliteHistoryChain.HasHashes(connection))
        {
            connection.ForEach(SelectChecksums, row => checksums[row.Text(0)!] = row.Text(1)!, database);
        }
        return checksums;
    }

    public static TimeSpan ToDuration(double milliseconds) =>
        // Rounded: TimeSpan itself cuts off, and a tick would be lost by what a double cannot hold exactly.
        TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    /// <summary>A line that somebody has changed must not keep the others from being read: the check of the chain tells it.</summary>
    private static MigrationRecord ReadRecord(sqlite3_stmt row) =>
        new(
            raw.sqlite3_column_int64(row, 0),
            Enum.TryParse<MigrationEvent>(row.Text(1), out var what) ? what : MigrationEvent.Unknown,
            row.Text(2) ?? "",
            row.Text(3),
            row.Text(4),
            Enum.TryParse<MigrationKind>(row.Text(5), out var kind) ? kind : null,
            Time(row.Text(6)) ?? DateTimeOffset.MinValue,
            ToDuration(raw.sqlite3_column_double(row, 7)),
            row.Text(8),
            row.Text(9),
            row.Text(10) ?? "",
            row.Text(11) ?? "",
            row.Text(12) ?? "",
            row.Text(13)
        );

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;
}
