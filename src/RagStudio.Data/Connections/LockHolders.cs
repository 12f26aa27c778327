using System.Text.Json;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data;

/// <summary>Tells who holds a database, as the migrator's own waits do.</summary>
internal static class LockHolders
{
    /// <returns>What the holder wrote beside the file; nothing where it is a program without the migrator.</returns>
    public static LockHolder? Of(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(OwnFile.Read(file + ".lock-holder"), LockHolderJson.Format);
        }
        catch (Exception failure)
            when (failure is IOException or JsonException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }
}
