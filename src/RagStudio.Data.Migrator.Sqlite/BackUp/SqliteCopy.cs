using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Reads a copy of a database file as a database of its own.</summary>
internal static class SqliteCopy
{
    public static CopyInspection Inspect(SqliteConnection copy, IReadOnlyList<IMigrationDatabase> databases)
    {
        var check = SqliteChecks.Run(copy);
        return new CopyInspection(
            check,
            check.IsDamaged ? new Dictionary<string, long>() : SqliteRows.Count(copy),
            databases.ToDictionary(
                database => database.Name,
                database => SqliteState.Read(copy, (ISqliteMigrationDatabase)database, historyLimit: 0).Applied
            )
        );
    }
}
