using System.Text.Json;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The file that makes a folder of copies a backup set.</summary>
internal static class BackupManifest
{
    public const string FileName = "manifest.json";

    public const int FormatVersion = 1;

    /// <summary>
    /// The format of a set with a clone. Earlier versions, which would take the missing hash for an altered file, then say
    /// that they do not know the format.
    /// </summary>
    public const int FormatWithClones = 2;

    public static int FormatOf(IEnumerable<BackupDatabase> databases) =>
        databases.Any(database => database.Kind == BackupKind.Clone) ? FormatWithClones : FormatVersion;

    public static byte[] Write(BackupSet set) =>
        JsonSerializer.SerializeToUtf8Bytes(set, MigratorJson.TypeInfo<BackupSet>());

    /// <exception cref="JsonException">
    /// The text is not a manifest, has a newer format, or contains an impossible value.
    /// </exception>
    public static BackupSet Read(ReadOnlySpan<byte> text)
    {
        var set =
            JsonSerializer.Deserialize(text, MigratorJson.TypeInfo<BackupSet>())
            ?? throw new JsonException("The manifest is empty.");
        return ManifestRules.FaultOf(set) is { } fault ? throw new JsonException($"The manifest {fault}.") : set;
    }
}
