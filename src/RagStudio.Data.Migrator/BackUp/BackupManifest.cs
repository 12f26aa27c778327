using System.Text.Json;

namespace RagStudio.Data.Migrator;

/// <summary>The file that makes a folder of copies a backup set.</summary>
internal static class BackupManifest
{
    public const string FileName = "manifest.json";

    public const int FormatVersion = 1;

    public static byte[] Write(BackupSet set) => JsonSerializer.SerializeToUtf8Bytes(set, MigratorJson.Of<BackupSet>());

    /// <exception cref="JsonException">The text is no manifest, or one of a newer format, or names files elsewhere.</exception>
    public static BackupSet Read(ReadOnlySpan<byte> text)
    {
        var set = JsonSerializer.Deserialize(text, MigratorJson.Of<BackupSet>());
        if (set is not { Databases: not null, Id: not null, FormatVersion: FormatVersion })
        {
            throw new JsonException($"The manifest is not one of format {FormatVersion}.");
        }
        if (set.Databases.Any(database => database.File is { } file && file != Path.GetFileName(file)))
        {
            throw new JsonException("The manifest names a file outside its folder.");
        }
        return set;
    }
}
