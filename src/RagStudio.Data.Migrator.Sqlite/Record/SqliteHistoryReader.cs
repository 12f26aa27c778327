using System.Text.Json;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// Reads the lines of a file's history that concern one context, whatever its database's name when they were
/// written.
/// </summary>
internal sealed class SqliteHistoryReader(sqlite3 connection, ISqliteMigrationDatabase database)
{
    /// <summary>
    /// Builds that recorded no context wrote the database's name. It belongs to this context if a line with
    /// it concerns one of its migrations.
    /// </summary>
    private const string HasOwnName = """
        ("database" = ?3 OR "database" IN (SELECT "database" FROM "__migrator_history"
            WHERE "version" COLLATE NOCASE IN (SELECT "value" FROM json_each(?4))))
        """;

    private const string IsThisContext = """
        ("context" = ?1 OR "chain" = ?2)
        """;

    /// <summary>The position of the checksum among the fields of a line.</summary>
    private const int Checksum = 7;

    /// <summary>True if a build that records the context has created or extended the table.</summary>
    private readonly bool _hasOwners = SqliteHistoryChain.HasColumn(connection, "chain");

    /// <returns>The reader; <see langword="null"/> if the file has no history.</returns>
    public static SqliteHistoryReader? TryOpen(sqlite3 connection, ISqliteMigrationDatabase database) =>
        connection.HasTable(SqliteHistory.Table) ? new SqliteHistoryReader(connection, database) : null;

    /// <summary>Reads the newest lines first.</summary>
    public IReadOnlyList<MigrationRecord> Read(int limit) =>
        connection.Query(
            $"""
            SELECT "id", "event", "database", "version", "name", "kind", "applied_at", "duration_ms",
                "checksum", "rollback_sql", "program_version", "ef_version", "run_id", "detail"
            FROM "__migrator_history" WHERE {IsOwn} ORDER BY "id" DESC LIMIT ?5
            """,
            ReadRecord,
            [.. OwnerAndIds, limit]
        );

    /// <summary>
    /// Reads the fields of all lines, the oldest first. Lines without a hash lose their checksum: their build computed it
    /// differently (<see cref="Checksums"/>), and in another chain only the lack of a hash would tell.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string?>> Lines()
    {
        var hash = SqliteHistoryChain.HasColumn(connection, "hash");
        var columns = hash
            ? SqliteHistoryChain.Columns
            : SqliteHistoryChain.Columns.Replace("\"hash\"", "NULL", StringComparison.Ordinal);
        return connection.Query(
            $"SELECT {columns} FROM \"__migrator_history\" WHERE {IsOwn} ORDER BY \"id\"",
            row =>
            {
                var fields = SqliteHistoryChain.ReadFields(row);
                fields[Checksum] = row.IsNull(1) ? null : fields[Checksum];
                return fields;
            },
            OwnerAndIds
        );
    }

    public DateTimeOffset? LastApplied() =>
        SqliteHistory.ToTime(
            connection
                .Query(
                    $"""
                    SELECT MAX("applied_at") FROM "__migrator_history" WHERE "event" = 'Applied' AND {IsOwn}
                    """,
                    row => row.Text(0),
                    OwnerAndIds
                )
                .Single()
        );

    /// <summary>
    /// Returns the latest checksum of each migration, case-insensitively by id, as EF compares them; records
    /// under another name count only if this context has no line. Lines before the first with a hash come
    /// from builds that computed checksums differently.
    /// </summary>
    public IReadOnlyDictionary<string, string> Checksums()
    {
        var checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (SqliteHistoryChain.HasColumn(connection, "hash"))
        {
            // Not filtered by HasOwnName, which needs the ids: most starts read only this.
            var (isOurs, isOtherName) = _hasOwners
                ? ($"({IsThisContext} OR \"context\" IS NULL)", "\"context\" IS NULL AND \"database\" <> ?3")
                : ("1", "\"database\" <> ?3");
            connection.ForEach(
                $"""
                SELECT "version", "checksum" FROM "__migrator_history"
                WHERE {isOurs} AND "event" IN ('Applied', 'Accepted', 'Adopted') AND "version" IS NOT NULL AND "checksum" IS NOT NULL
                    AND "id" >= (SELECT MIN("id") FROM "__migrator_history" WHERE "hash" IS NOT NULL)
                ORDER BY {isOtherName} DESC, "id"
                """,
                row => checksums[row.Text(0)!] = row.Text(1)!,
                Owner
            );
        }
        return checksums;
    }

    /// <summary>
    /// Finds out who applied migrations that the context does not know: true for another context. Lines of builds that
    /// recorded no context only contain a name, and do not decide if it is this database's.
    /// </summary>
    public IReadOnlyDictionary<string, bool> FindAppliers(IReadOnlyList<string> versions)
    {
        var appliers = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        var applier =
            $"CASE WHEN {HasOwnName} THEN {(int)SqliteApplier.OwnName} ELSE {(int)SqliteApplier.OtherName} END";
        if (_hasOwners)
        {
            applier =
                $"CASE WHEN {IsThisContext} THEN {(int)SqliteApplier.ThisContext} "
                + $"WHEN \"context\" IS NOT NULL THEN {(int)SqliteApplier.OtherContext} ELSE {applier} END";
        }
        connection.ForEach(
            $"""
            SELECT "version", MAX({applier}) FROM "__migrator_history"
            WHERE "event" IN ('Applied', 'Adopted') AND "version" COLLATE NOCASE IN (SELECT "value" FROM json_each(?5))
            GROUP BY "version" COLLATE NOCASE
            """,
            row =>
            {
                var by = (SqliteApplier)row.Int64(1);
                if (by != SqliteApplier.OwnName)
                {
                    appliers[row.Text(0)!] = by != SqliteApplier.ThisContext;
                }
            },
            [.. OwnerAndIds, JsonArray(versions)]
        );
        return appliers;
    }

    private string IsOwn => _hasOwners ? $"({IsThisContext} OR (\"context\" IS NULL AND {HasOwnName}))" : HasOwnName;

    private object?[] Owner => [database.Owner.Context, database.Owner.Chain, database.Name];

    /// <summary>A start omits the ids if possible: writing them loads the JSON library.</summary>
    private object?[] OwnerAndIds => [.. Owner, JsonArray(database.Migrations.Select(migration => migration.Version))];

    private static string JsonArray(IEnumerable<string> texts) =>
        $"[{string.Join(',', texts.Select(text => $"\"{JsonEncodedText.Encode(text)}\""))}]";

    /// <summary>
    /// A line that was tampered with must not prevent reading the others: the check of the chain reports it.
    /// </summary>
    private static MigrationRecord ReadRecord(sqlite3_stmt row) =>
        new(
            raw.sqlite3_column_int64(row, 0),
            Enum.TryParse<MigrationEvent>(row.Text(1), out var what) ? what : MigrationEvent.Unknown,
            row.Text(2) ?? "",
            row.Text(3),
            row.Text(4),
            Enum.TryParse<MigrationKind>(row.Text(5), out var kind) ? kind : null,
            SqliteHistory.ToTime(row.Text(6)) ?? DateTimeOffset.MinValue,
            SqliteHistory.ToDuration(raw.sqlite3_column_double(row, 7)),
            row.Text(8),
            row.Text(9),
            row.Text(10) ?? "",
            row.Text(11) ?? "",
            row.Text(12) ?? "",
            row.Text(13)
        );
}
