using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>Creates the files that belong to a database: no one who cannot read the database can read them.</summary>
internal static class OwnerOnlyFile
{
    public static FileStream Create(string path, string database, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = access,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var created = new FileStream(path, options);
        try
        {
            SourceAccess.Give(created.SafeFileHandle, database);
            return created;
        }
        catch
        {
            // Its handle may be a lock.
            created.Dispose();
            throw;
        }
    }
}
