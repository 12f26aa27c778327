using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>The specification's queries in plain ADO.NET.</summary>
internal static class PlainQueries
{
    public const string Gaps = """
        SELECT e.aggregate_id, e.aggregate_type, e.sequence_number FROM events e
        WHERE e.sequence_number > 1 AND NOT EXISTS (
            SELECT 1 FROM events p
            WHERE p.aggregate_id = e.aggregate_id AND p.aggregate_type = e.aggregate_type
                AND p.sequence_number = e.sequence_number - 1)
        """;

    public const string KnowledgeBaseIds = "SELECT DISTINCT json_extract(event_data, '$.kb_id') FROM events";

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static string Orphans(string table, string column, string parent) =>
        $"SELECT c.id, c.{column} FROM {table} c LEFT JOIN {parent} p ON c.{column} = p.id WHERE c.{column} IS NOT NULL AND p.id IS NULL";

    public static string InvalidJson(string table, string column) =>
        $"SELECT rowid FROM {table} WHERE \"{column}\" IS NOT NULL AND NOT json_valid(\"{column}\")";

    /// <summary>Runs a query that finds damage on an undamaged database.</summary>
    public static void ExpectNothing(SqliteConnection connection, string sql) =>
        Rules.Demand(Texts(connection, sql).Count == 0, "the other way finds an error");

    public static List<string?> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string?>();
        while (reader.Read())
        {
            texts.Add(reader.IsDBNull(0) ? null : reader.GetString(0));
        }
        return texts;
    }

    /// <summary>Looks up every knowledge base that events refer to in a list.</summary>
    public static void FindReferences(BenchmarkData data)
    {
        using var appMeta = data.OpenAppMeta();
        using var events = data.OpenEvents();
        var present = Texts(appMeta, "SELECT id FROM knowledge_bases");
        foreach (var id in Texts(events, KnowledgeBaseIds))
        {
            Rules.Demand(id is null || present.Contains(id), "the other way finds an error");
        }
    }

    /// <summary>Reads every event as strings and hashes it, one after another.</summary>
    public static void FindChecksums(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", EventChecksum.Columns)}, checksum FROM events";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var content = new EventContent
            {
                EventId = reader.GetString(0),
                EventType = reader.GetString(1),
                AggregateId = reader.GetString(2),
                AggregateType = reader.GetString(3),
                SequenceNumber = reader.GetInt64(4),
                EventData = reader.GetString(5),
                Metadata = reader.IsDBNull(6) ? null : reader.GetString(6),
                TraceId = reader.IsDBNull(7) ? null : reader.GetString(7),
                UserId = reader.IsDBNull(8) ? null : reader.GetString(8),
                Timestamp = reader.GetString(9),
            };
            Rules.Demand(EventChecksum.Compute(content) == reader.GetString(10), "the other way finds an error");
        }
    }
}
