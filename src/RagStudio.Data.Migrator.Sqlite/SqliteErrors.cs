using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>Tells apart what applications like to call all the same: locked, damaged, not writable, full.</summary>
internal static class SqliteErrors
{
    public static bool IsBusy(this SqliteException failure) =>
        failure.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static bool IsInterrupt(this SqliteException failure) => failure.SqliteErrorCode == raw.SQLITE_INTERRUPT;

    /// <summary>The engine's error for a database that could not be used before anything was changed.</summary>
    public static MigrationException ToMigrationException(
        this SqliteException failure,
        MigrationPhase phase,
        string path,
        TimeSpan waited
    ) =>
        failure.IsBusy()
            ? new DatabaseLockedException(phase, path, waited, holder: null, failure)
            : new DatabaseAccessException(phase, path, failure.Problem(), failure.Reason(), failure);

    private static DatabaseProblem Problem(this SqliteException failure) =>
        failure.SqliteErrorCode switch
        {
            raw.SQLITE_NOTADB => DatabaseProblem.NotADatabase,
            raw.SQLITE_CORRUPT => DatabaseProblem.Corrupt,
            raw.SQLITE_READONLY or raw.SQLITE_PERM => DatabaseProblem.ReadOnly,
            raw.SQLITE_FULL => DatabaseProblem.NoSpace,
            raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => DatabaseProblem.CannotOpen,
            _ => DatabaseProblem.Other,
        };

    /// <summary>What SQLite says of it, which names the table, the function or the collation; its text for the code alone names nothing.</summary>
    private static string Reason(this SqliteException failure) =>
        failure.Message.Split('\'', 2) is [_, var quoted] && quoted.LastIndexOf('\'') is > 0 and var end
            ? quoted[..end]
            : failure.Message;
}
