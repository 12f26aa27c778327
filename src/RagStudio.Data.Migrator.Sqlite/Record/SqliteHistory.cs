using System.Globalization;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>The migrator's own table of what was done to a file. Lines are only ever added.</summary>
internal static class SqliteHistory
{
    public const string Table = "__migrator_history";

    private const string Create = """
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
        VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $hash)
        """;

    private const string Select = """
        SELECT "id", "event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail"
        FROM "__migrator_history" WHERE "database" = $database ORDER BY "id" DESC LIMIT $limit
        """;

    private const string SelectChecksums = """
        SELECT "version", "checksum" FROM "__migrator_history"
        WHERE "database" = $database AND "event" IN ('Applied', 'Accepted') AND "version" IS NOT NULL AND "checksum" IS NOT NULL
            AND "id" >= (SELECT MIN("id") FROM "__migrator_history" WHERE "hash" IS NOT NULL)
        ORDER BY "id"
        """;

    /// <summary>The place of the duration among the fields of a line, which is a number in the table.</summary>
    private const int Duration = 6;

    public static void Append(SqliteConnection connection, SqliteTransaction transaction, MigrationRecord record)
    {
        Execute(Create, connection, transaction);
        var previous = SqliteHistoryChain.Continue(connection);
        var fields = RecordHash.FieldsOf(record);
        using var insert = new SqliteCommand(Insert, connection, transaction);
        for (var i = 0; i < fields.Count; i++)
        {
            object? value = i == Duration ? record.Duration.TotalMilliseconds : fields[i];
            insert.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), value ?? DBNull.Value);
        }
        insert.Parameters.AddWithValue("$hash", RecordHash.Of(previous, fields));
        insert.ExecuteNonQuery();
    }

    public static IReadOnlyList<MigrationRecord> Read(SqliteConnection connection, string database, int limit) =>
        connection.HasTable(Table)
            ? connection.Query(Select, ReadRecord, ("$database", database), ("$limit", limit))
            : [];

    public static DateTimeOffset? LastApplied(SqliteConnection connection, string database) =>
        connection.HasTable(Table)
            ? Time(
                connection
                    .Query(
                        "SELECT MAX(\"applied_at\") FROM \"__migrator_history\" WHERE \"database\" = $database AND \"event\" = 'Applied'",
                        row => Text(row, 0),
                        ("$database", database)
                    )
                    .Single()
            )
            : null;

    /// <summary>
    /// The last checksum of each migration, by whatever case of its id, as EF compares them. Those of lines before the first with a hash are
    /// of builds that computed them in another way.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Checksums(SqliteConnection connection, string database)
    {
        var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (connection.HasTable(Table) && SqliteHistoryChain.HasHashes(connection))
        {
            connection.ForEach(
                SelectChecksums,
                row => checksums[row.GetString(0)] = row.GetString(1),
                ("$database", database)
            );
        }
        return checksums;
    }

    public static TimeSpan ToDuration(double milliseconds) =>
        // Rounded: TimeSpan itself cuts off, and a tick would be lost by what a double cannot hold exactly.
        TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));

    private static void Execute(string sql, SqliteConnection connection, SqliteTransaction transaction)
    {
        using var command = new SqliteCommand(sql, connection, transaction);
        command.ExecuteNonQuery();
    }

    /// <summary>A line that somebody has changed must not keep the others from being read: the check of the chain tells it.</summary>
    private static MigrationRecord ReadRecord(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            Enum.TryParse<MigrationEvent>(row.GetString(1), out var what) ? what : MigrationEvent.Unknown,
            row.GetString(2),
            Text(row, 3),
            Text(row, 4),
            Enum.TryParse<MigrationKind>(Text(row, 5), out var kind) ? kind : null,
            Time(row.GetString(6)) ?? DateTimeOffset.MinValue,
            ToDuration(row.GetDouble(7)),
            Text(row, 8),
            Text(row, 9),
            row.GetString(10),
            row.GetString(11),
            row.GetString(12),
            Text(row, 13)
        );

    private static string? Text(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            ? time
            : null;
}
