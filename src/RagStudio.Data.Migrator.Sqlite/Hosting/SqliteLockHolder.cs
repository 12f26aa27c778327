using RagStudio.Data.Migrator.Sqlite.Storage;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Identifies the process that has locked a database file for a run.</summary>
public static class SqliteLockHolder
{
    /// <summary>Reads the holder's record beside the file; the database itself is not opened.</summary>
    /// <param name="file">The path of the database, or of a link to it.</param>
    /// <returns>
    /// The holder; <see langword="null"/> if there is no record, as for a program without the migrator, or if
    /// it cannot be read.
    /// </returns>
    public static LockHolder? Find(string file) => new SqliteStorage(new FileInfo(file)).FindHolder();
}
