using System.Text.Json;
using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>
/// The file in which the holder of a database says who it is. Every run writes it, and by hand: a serializer would take longer to get going than all
/// else that locking does. Only those that have waited in vain read it.
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
        // Created anew, never through a link that somebody has put there. Only who holds the lock writes it.
        OwnFile.Delete(path);
        using var file = new FileStream(path, Options());
        SourceAccess.Give(file.SafeFileHandle, path[..^Extension.Length]);
        file.Write(utf8.ToArray());
    }

    /// <summary>What the holder wrote; nothing where it is just writing or has just gone.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(OwnFile.Read(path), LockHolderJson.Format);
        }
        catch (Exception failure)
            when (failure is IOException or JsonException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return options;
    }
}
