using System.Text.Json;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Writes JSON without a serializer, which takes longer to start than a status, or a line of the journal, takes to be
/// written.
/// </summary>
internal static class JsonText
{
    public static void WriteArray<T>(
        this Utf8JsonWriter json,
        string name,
        IEnumerable<T> items,
        Action<Utf8JsonWriter, T> writeMembers
    )
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void WriteArray(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }
        json.WriteEndArray();
    }
}
