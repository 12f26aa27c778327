using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Finds what makes a database slower or larger than it needs to be.</summary>
internal static class SqlitePerformance
{
    public static IReadOnlyList<ValidationWarning> Find(SqliteConnection connection, DatabaseSchema schema) => [];
}
