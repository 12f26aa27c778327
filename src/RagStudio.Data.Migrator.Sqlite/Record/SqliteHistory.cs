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
            "detail" TEXT NULL
        )
        """;

    private const string Insert = """
        INSERT INTO "__migrator_history" ("event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail")
        VALUES ($event, $database, $version, $name, $kind, $applied_at, $duration_ms,
            $checksum, $rollback_sql, $program_version, $ef_version, $run_id, $detail)
        """;

    private const string Select = """
        SELECT "id", "event", "database", "version", "name", "kind", "applied_at", "duration_ms",
            "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail"
        FROM "__migrator_history" WHERE "database" = $database ORDER BY "id" DESC LIMIT $limit
        """;

    public static void Append(SqliteConnection connection, SqliteTransaction transaction, MigrationRecord record)
    {
        using var create = new SqliteCommand(Create, connection, transaction);
        create.ExecuteNonQuery();
        using var insert = new SqliteCommand(Insert, connection, transaction);
        insert.Parameters.AddWithValue("$event", record.Event.ToString());
        insert.Parameters.AddWithValue("$database", record.Database);
        insert.Parameters.AddWithValue("$version", OrNull(record.Version));
        insert.Parameters.AddWithValue("$name", OrNull(record.Name));
        insert.Parameters.AddWithValue("$kind", OrNull(record.Kind?.ToString()));
        insert.Parameters.AddWithValue(
            "$applied_at",
            record.AppliedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        );
        insert.Parameters.AddWithValue("$duration_ms", record.Duration.TotalMilliseconds);
        insert.Parameters.AddWithValue("$checksum", OrNull(record.Checksum));
        insert.Parameters.AddWithValue("$rollback_sql", OrNull(record.RollbackSql));
        insert.Parameters.AddWithValue("$program_version", record.ProgramVersion);
        insert.Parameters.AddWithValue("$ef_version", record.EFVersion);
        insert.Parameters.AddWithValue("$run_id", record.RunId);
        insert.Parameters.AddWithValue("$detail", OrNull(record.Detail));
        insert.ExecuteNonQuery();
    }

    public static IReadOnlyList<MigrationRecord> Read(SqliteConnection connection, string database, int limit) =>
        connection.HasTable(Table)
            ? connection.Query(Select, ReadRecord, ("$database", database), ("$limit", limit))
            : [];

    public static DateTimeOffset? LastApplied(SqliteConnection connection, string database) =>
        connection.HasTable(Table)
            ? connection
                .Query(
                    "SELECT MAX(\"applied_at\") FROM \"__migrator_history\" WHERE \"database\" = $database AND \"event\" = 'Applied'",
                    row => row.IsDBNull(0) ? (DateTimeOffset?)null : Time(row.GetString(0)),
                    ("$database", database)
                )
                .Single()
            : null;

    private static MigrationRecord ReadRecord(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            Enum.Parse<MigrationEvent>(row.GetString(1)),
            row.GetString(2),
            Text(row, 3),
            Text(row, 4),
            Text(row, 5) is { } kind ? Enum.Parse<MigrationKind>(kind) : null,
            Time(row.GetString(6)),
            TimeSpan.FromMilliseconds(row.GetDouble(7)),
            Text(row, 8),
            Text(row, 9),
            row.GetString(10),
            row.GetString(11),
            row.GetString(12),
            Text(row, 13)
        );

    private static object OrNull(string? value) => (object?)value ?? DBNull.Value;

    private static string? Text(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
