using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.BackUp;

/// <summary>Reads a copy of a database file as a separate database.</summary>
internal static class SqliteCopy
{
    public static CopyInspection Inspect(
        SqliteConnection copy,
        string file,
        IReadOnlyList<IMigrationDatabase> databases,
        SqliteInterrupt interrupt,
        bool isLast
    )
    {
        // The file has just been written or hashed, so it is in the system's cache.
        var check = MappedFile.During(copy, file, interrupt, () => SqliteChecks.RunStructure(copy, isLast));
        // The content of a damaged copy cannot be trusted, and some of it cannot be read at all.
        return check.IsDamaged
            ? new CopyInspection(check, new Dictionary<string, long>(), Applied(databases, _ => []))
            : new CopyInspection(check, SqliteRows.Count(copy), Applied(databases, database => Read(copy, database)))
            {
                Origin = SqliteHistoryTrace.Read(copy.Handle!).Origin,
            };
    }

    private static IReadOnlyList<string> Read(SqliteConnection copy, IMigrationDatabase database) =>
        SqliteState.Read(copy, (ISqliteMigrationDatabase)database, historyLimit: 0).Applied;

    private static Dictionary<string, IReadOnlyList<string>> Applied(
        IReadOnlyList<IMigrationDatabase> databases,
        Func<IMigrationDatabase, IReadOnlyList<string>> read
    ) => databases.ToDictionary(database => database.Name, read);
}
