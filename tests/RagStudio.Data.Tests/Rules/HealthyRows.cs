using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Undamaged rows as the program of each version wrote them.</summary>
internal static class HealthyRows
{
    private static readonly DateTimeOffset Time = new DateTimeOffset(
        2026,
        1,
        2,
        3,
        4,
        5,
        TimeSpan.FromHours(2)
    ).AddTicks(1230000);

    public static void Fill(RuledDatabases databases)
    {
        if (IsNormal(databases.AppMeta))
        {
            SampleRows.Fill(databases.AppMeta);
        }
        else
        {
            SampleRows.FillLegacy(databases.AppMeta);
        }
        if (databases.Events.Tables().Contains("events"))
        {
            Fill(databases.Events);
        }
    }

    /// <summary>Appends an event as the release of the database's version did.</summary>
    public static string Append(
        EventsContext context,
        string stream,
        long sequenceNumber,
        string type,
        string data,
        string? metadata = null,
        string? user = null,
        string aggregateType = "knowledge_base"
    )
    {
        var columns = context.Columns("events").Where(column => column != "id").ToArray();
        var stored = new StoredEvent
        {
            EventId = Guid.NewGuid().ToString(),
            EventType = type,
            AggregateId = stream,
            AggregateType = aggregateType,
            SequenceNumber = sequenceNumber,
            EventData = data,
            Metadata = metadata,
            UserId = columns.Contains("user_id") ? user : null,
            TraceId = null,
            Timestamp = Time.AddSeconds(sequenceNumber),
            Checksum = "",
        };
        var checksum = EventChecksum.Compute(stored);
        context.Execute(
            $"INSERT INTO events ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})",
            [.. columns.Select(column => ValueOf(stored, column, checksum, IsNormal(context)))]
        );
        return stored.EventId;
    }

    private static void Fill(EventsContext context)
    {
        var isNormal = IsNormal(context);
        Append(context, "id 1", 1, "knowledge_base.created", """{"kb_id":"id 1"}""");
        Append(context, "id 1", 2, "document.imported", """{"kb_id":"id 1","n":"ä"}""", """{"a":1}""", "anna");
        Append(context, "id 1", 3, UndoMarker.Undo, """{"sequence_number":2}""");
        Append(context, "gone", 1, "knowledge_base.created", """{"kb_id":"gone"}""");
        Append(context, "gone", 2, "knowledge_base.deleted", """{"kb_id":"gone"}""");
        Append(context, "p 1", 1, "ran", isNormal ? "{}" : "not json", isNormal ? null : "{no", "bob", "pipeline");
        Append(context, "p 1", 2, "ran", isNormal ? "{}" : "{\"kb_id\":\"nowhere\",", null, null, "pipeline");
        Append(context, "p 1", 3, "ran", """{"unparsed":"{\"a\":\"\\\"\"}"}""", "7", null, "pipeline");
        if (context.Tables().Contains("aggregate_snapshots"))
        {
            context.Execute(
                "INSERT INTO aggregate_snapshots VALUES ('id 1', 'knowledge_base', 2, @p0, @p1)",
                isNormal ? "{}" : "not json",
                Text(Time, isNormal)
            );
        }
    }

    private static bool IsNormal(DbContext context) =>
        context.Database.GetAppliedMigrations().Any(id => id.Contains("_Normalise", StringComparison.Ordinal));

    private static object? ValueOf(StoredEvent stored, string column, string checksum, bool isNormal) =>
        column switch
        {
            "event_id" => stored.EventId,
            "event_type" => stored.EventType,
            "aggregate_id" => stored.AggregateId,
            "aggregate_type" => stored.AggregateType,
            "sequence_number" => stored.SequenceNumber,
            "event_data" => stored.EventData,
            "metadata" => stored.Metadata,
            "user_id" => stored.UserId,
            "timestamp" => Text(stored.Timestamp, isNormal),
            "checksum" => isNormal ? checksum : checksum.ToUpperInvariant(),
            _ => null,
        };

    // EF's own format of a DateTimeOffset, from before the columns had a fixed one.
    private static string Text(DateTimeOffset time, bool isNormal) =>
        isNormal
            ? UtcTextConverter.Write(time)
            : time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
