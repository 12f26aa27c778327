namespace RagStudio.Data.Cli.Tests;

/// <summary>A user's row in each database, to see if it survives.</summary>
internal static class Rows
{
    private const string Time = "2026-01-01T00:00:00.0000000Z";

    public static void AddSetting(string appMeta, string key) =>
        Database.Execute(
            appMeta,
            $"INSERT INTO settings (key, value, created_at, updated_at) VALUES ('{key}', '1', '{Time}', '{Time}')"
        );

    public static void AddCheckpoint(string events, string name) =>
        Database.Execute(
            events,
            $"INSERT INTO event_checkpoints (processor_name, last_processed_sequence, updated_at) VALUES ('{name}', 0, '{Time}')"
        );

    public static long Settings(string appMeta, string key) => Database.Count(appMeta, "settings", $"key = '{key}'");

    public static long Checkpoints(string events, string name) =>
        Database.Count(events, "event_checkpoints", $"processor_name = '{name}'");
}
