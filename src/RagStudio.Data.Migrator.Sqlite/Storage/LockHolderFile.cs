using System.Text.Json;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>
/// The file in which the holder of a database identifies itself. Every run writes it, without a serializer,
/// which would take longer to start than everything else in locking. Only processes that waited in vain read
/// it.
/// </summary>
internal static class LockHolderFile
{
    public const string Extension = ".lock-holder";

    public static void Write(string path, LockHolder holder)
    {
        using var utf8 = new MemoryStream();
        using (var json = new Utf8JsonWriter(utf8))
        {
            json.WriteStartObject();
            json.WriteNumber("processId", holder.ProcessId);
            json.WriteString("host", holder.Host);
            json.WriteString("since", holder.Since);
            json.WriteString("programVersion", holder.ProgramVersion);
            json.WriteString("activity", JsonNamingPolicy.CamelCase.ConvertName(holder.Activity.ToString()));
            json.WriteEndObject();
        }
        // Created again, never through a link that another user has put there. Only the holder of the lock writes it.
        OwnFile.Delete(path);
        using var file = OwnerOnlyFile.Create(path, path[..^Extension.Length], FileAccess.Write, FileShare.Read);
        file.Write(utf8.ToArray());
    }

    /// <summary>Reads the holder's record; <see langword="null"/> if it is just being written or removed.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(OwnFile.Read(path), LockHolderJson.Default.LockHolder);
        }
        catch (Exception failure)
            when (failure is IOException or JsonException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
