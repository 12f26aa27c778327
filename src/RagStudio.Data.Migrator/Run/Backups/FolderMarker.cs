using System.Text.Json;

namespace RagStudio.Data.Migrator.Run;

/// <summary>What a folder says of itself that this program has made for some databases.</summary>
/// <param name="Format">Which kind of folder it is, and that it is one of this program's.</param>
/// <param name="Databases">The files that it was made for.</param>
internal sealed record FolderMarker(string Format, IReadOnlyList<MarkedDatabase> Databases)
{
    public const string Backup = "ragstudio-backup-1";

    public const string Rehearsal = "ragstudio-rehearsal-1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="format">The kind of folder.</param>
    /// <param name="set">The databases.</param>
    /// <param name="path">The folder, by whatever name it has at the end.</param>
    public static FolderMarker Of(string format, MigrationSet set, string path) =>
        new(format, [.. set.Storages.Select(storage => MarkedDatabase.Of(storage, path))]);

    /// <returns>The marker; <see langword="null"/> where the text is none.</returns>
    public static FolderMarker? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return
                JsonSerializer.Deserialize<FolderMarker>(text, Json) is { Format: not null, Databases: not null } marker
                ? marker
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Whether the folder was made for databases of this set and no others.</summary>
    public bool IsOf(string format, MigrationSet set, string path) =>
        Format == format && Databases.Count > 0 && Databases.All(database => database.IsIn(set, path));
}
