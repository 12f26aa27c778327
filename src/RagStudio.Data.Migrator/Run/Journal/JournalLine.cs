using System.Text.Json;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The text of a line of the run journal. Every run writes some, without a serializer, which would take
/// longer to start than the disk takes for the line. Only a start after a killed run reads them.
/// </summary>
internal static class JournalLine
{
    /// <summary>Renders the line with its line ending.</summary>
    public static byte[] Write(JournalEntry entry)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8))
        {
            json.WriteStartObject();
            json.WriteString("event", NameOf(entry.Event));
            json.WriteString("runId", entry.RunId);
            json.WriteString("at", entry.At);
            if (entry.Begun is { } begun)
            {
                Write(json, begun);
            }
            json.WriteEndObject();
        }
        utf8.WriteByte((byte)'\n');
        return utf8.ToArray();
    }

    /// <exception cref="JsonException">The line is not an entry.</exception>
    public static JournalEntry Read(string line) =>
        JsonSerializer.Deserialize(line, MigratorJson.TypeInfo<JournalEntry>()) is { } entry && IsWhole(entry)
            ? entry
            : throw new JsonException("The line is no entry.");

    /// <summary>
    /// True if nothing is missing: the serializer omits missing fields, and accepts null for non-nullable
    /// ones.
    /// </summary>
    private static bool IsWhole(JournalEntry entry) =>
        !string.IsNullOrEmpty(entry.RunId)
        && entry.At != default
        && Enum.IsDefined(entry.Event)
        && (entry.Begun is null || IsWhole(entry.Begun));

    private static bool IsWhole(JournalBegun begun) =>
        Enum.IsDefined(begun.Activity)
        && (begun.BackupId is null || IsText(begun.BackupId))
        && IsText(begun.BackupFolder)
        && begun is { ProgramVersion: not null, Databases: not null }
        && begun.Databases.All(IsWhole);

    private static bool IsWhole(JournalDatabase? database) =>
        database is not null
        && IsText(database.Name)
        && IsText(database.Path)
        && database.Versions?.All(version => version is not null) == true;

    private static bool IsText(string? text) =>
        !string.IsNullOrEmpty(text) && !text.Contains('\0', StringComparison.Ordinal);

    private static void Write(Utf8JsonWriter json, JournalBegun begun)
    {
        json.WriteStartObject("begun");
        json.WriteString("activity", NameOf(begun.Activity));
        if (begun.BackupId is { } backupId)
        {
            json.WriteString("backupId", backupId);
        }
        json.WriteString("backupFolder", begun.BackupFolder);
        json.WriteString("programVersion", begun.ProgramVersion);
        json.WriteArray("databases", begun.Databases, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JournalDatabase database)
    {
        json.WriteString("name", database.Name);
        json.WriteString("path", database.Path);
        json.WriteArray("versions", database.Versions);
    }

    private static string NameOf(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
