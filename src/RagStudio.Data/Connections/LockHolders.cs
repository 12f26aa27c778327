using System.Text.Json;
using System.Text.Json.Serialization;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <summary>Tells who holds a database, as the migrator's own waits do.</summary>
internal static class LockHolders
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <returns>What the holder wrote beside the file; nothing where it is a program without the migrator.</returns>
    public static LockHolder? Of(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<LockHolder>(File.ReadAllBytes(file + ".lock-holder"), Json);
        }
        catch (Exception failure) when (failure is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
