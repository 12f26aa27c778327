using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Databases;

/// <summary>The row by which EF keeps two of its own migrators apart, and which a killed one leaves for ever (efcore#34916).</summary>
internal static class SqliteEFLock
{
    public const string Table = "__EFMigrationsLock";

    /// <summary>Removes the row. The caller holds the file for itself alone, which proves that no migrator is alive.</summary>
    /// <returns>Whether there was one.</returns>
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
