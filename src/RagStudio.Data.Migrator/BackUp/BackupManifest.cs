using System.Text.Json;
using System.Text.Json.Serialization;

namespace RagStudio.Data.Migrator;

/// <summary>The file that makes a folder of copies a backup set.</summary>
internal static class BackupManifest
{
    public const string FileName = "manifest.json";

    public const int FormatVersion = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] Write(BackupSet set) => JsonSerializer.SerializeToUtf8Bytes(set, Json);

    /// <exception cref="JsonException">The text is no manifest.</exception>
    public static BackupSet Read(ReadOnlySpan<byte> text) =>
        JsonSerializer.Deserialize<BackupSet>(text, Json) is { Databases: not null, Id: not null } set
            ? set
            : throw new JsonException("The manifest lacks its id or its databases.");
}
