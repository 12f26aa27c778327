using System.Text.Json;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The marker of a folder that this program has created for some databases.</summary>
/// <param name="Format">The kind of folder, which also identifies it as one of this program's.</param>
/// <param name="Databases">The files that it was created for.</param>
internal sealed record FolderMarker(string Format, IReadOnlyList<MarkedDatabase> Databases)
{
    public const string Backup = "ragstudio-backup-1";

    public const string Rehearsal = "ragstudio-rehearsal-1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="format">The kind of folder.</param>
    /// <param name="set">The databases.</param>
    /// <param name="path">The folder, by its final name.</param>
    public static FolderMarker Create(string format, MigrationSet set, string path) =>
        new(format, [.. set.Storages.Select(storage => MarkedDatabase.Create(storage, path))]);

    /// <returns>The marker; <see langword="null"/> if the text is not a marker.</returns>
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

    /// <summary>True if the folder was created for databases of this set and no others.</summary>
    public bool IsOf(string format, MigrationSet set, string path) =>
        Format == format && Databases.Count > 0 && Databases.All(database => database.IsIn(set, path));
}
