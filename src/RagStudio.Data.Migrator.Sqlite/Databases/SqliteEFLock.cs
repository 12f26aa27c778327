using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>The row that EF's migrators use as a lock. A killed one leaves it forever (efcore#34916).</summary>
internal static class SqliteEFLock
{
    public const string Table = "__EFMigrationsLock";

    /// <summary>Removes the row. The caller's exclusive lock on the file proves that no migrator is running.</summary>
    /// <returns>True if there was one.</returns>
    public static bool ClearOrphan(SqliteConnection connection)
    {
        if (!connection.HasTable(Table))
        {
            return false;
        }

        connection.Execute("DELETE FROM \"__EFMigrationsLock\"");
        return connection.Number("SELECT changes()") > 0;
    }
}
