using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Two rows for each table, with the columns that the table has at its present version.</summary>
internal static class SampleRows
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>Fills the empty tables, except seeded ones, as the current program would.</summary>
    public static void Fill(DbContext context) => Fill(context, Current);

    /// <summary>
    /// Fills them as the first releases did: with other times, statuses and hash digits, and with invalid
    /// JSON.
    /// </summary>
    public static void FillLegacy(DbContext context) => Fill(context, Legacy);

    private static void Fill(DbContext context, Func<string, int, object?> valueOf)
    {
        foreach (var table in context.Tables().Where(table => IsEmpty(context, table)))
        {
            Insert(context, table, 1, valueOf);
            Insert(context, table, 2, valueOf);
        }
    }

    private static bool IsEmpty(DbContext context, string table) =>
        table == "settings"
            ? context.Scalar<long>("SELECT count(*) FROM settings WHERE key LIKE 'key %'") == 0
            : context.Scalar<long>($"SELECT count(*) FROM \"{table}\"") == 0;

    private static void Insert(DbContext context, string table, int row, Func<string, int, object?> valueOf)
    {
        var columns = context
            .Columns(table)
            .Where(column => (table, column) is not ("settings" or "events", "id"))
            .ToList();
        context.Execute(
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) "
                + $"VALUES ({string.Join(", ", columns.Select((_, index) => $"@p{index}"))})",
            [.. columns.Select(column => column == "status" ? StatusOf(table, valueOf) : valueOf(column, row))]
        );
    }

    private static string StatusOf(string table, Func<string, int, object?> valueOf)
    {
        var status = table == "pipeline_runs" ? "running" : "active";
        return valueOf == Legacy ? char.ToUpperInvariant(status[0]) + status[1..] : status;
    }

    private static object? Current(string column, int row) =>
        column switch
        {
            "id" or "kb_id" or "document_id" or "pipeline_id" or "aggregate_id" => $"id {row}",
            "version" or "schema_version" or "chunk_index" or "sequence_number" or "last_processed_sequence" => row,
            "pinned_version" or "chunk_count" or "size_bytes" or "token_count" or "chunk_size" or "chunk_overlap" => 7,
            "health_score" => 0.25,
            "enabled" => false,
            "metadata" or "config" or "schema" or "definition" or "metrics" or "artifacts" => """{"a":1}""",
            "event_data" or "snapshot_data" => """{"b":2}""",
            "content_hash" or "checksum" => Hash,
            "timestamp" or "last_run" or "next_run" or "started_at" => $"2026-01-0{row}T03:04:05.1230000Z",
            "created_at" or "updated_at" or "completed_at" => $"2026-02-0{row}T03:04:05.0000000Z",
            _ => $"{column} {row}",
        };

    private static object? Legacy(string column, int row) =>
        column switch
        {
            "content_hash" or "checksum" => Hash.ToUpperInvariant(),
            "metadata" or "config" or "schema" or "event_data" => row == 1 ? "not json" : """{"a":1}""",
            "timestamp" or "last_run" or "started_at" => $"2026-01-0{row} 03:04:05.123+00:00",
            "created_at" or "completed_at" => $"2026-02-0{row} 03:04:05",
            "updated_at" => $"2026-02-0{row} 05:04:05.5+02:00",
            _ => Current(column, row),
        };
}
