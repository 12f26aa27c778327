using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>Distinguishes errors that applications often treat alike: locked, damaged, not writable, full.</summary>
internal static class SqliteErrors
{
    private static readonly string[] UnknownNames =
    [
        "no such collation sequence",
        "no such function",
        "unknown function",
        "no such module",
        "no such tokenizer",
    ];

    public static bool IsBusy(this SqliteException failure) =>
        failure.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static bool IsInterrupt(this SqliteException failure) => failure.SqliteErrorCode == raw.SQLITE_INTERRUPT;

    /// <summary>
    /// True if SQLite missed a collation, a function or a module. Only a missing collation has its own code
    /// (https://sqlite.org/rescode.html#error_missing_collseq).
    /// </summary>
    public static bool IsUnknownName(this SqliteException failure) =>
        failure.SqliteErrorCode == raw.SQLITE_ERROR
        && Array.Exists(UnknownNames, words => failure.Message.Contains(words, StringComparison.Ordinal));

    /// <summary>True if the cause is the disk or the folder, not the database.</summary>
    public static bool IsOfFile(this SqliteException failure) =>
        failure.SqliteErrorCode
            is raw.SQLITE_FULL
                or raw.SQLITE_IOERR
                or raw.SQLITE_CANTOPEN
                or raw.SQLITE_READONLY
                or raw.SQLITE_PERM;

    /// <summary>True if the disk failed to store written data: https://sqlite.org/rescode.html#ioerr_fsync.</summary>
    public static bool IsOfFlush(this SqliteException failure) =>
        failure.SqliteExtendedErrorCode is raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC;

    /// <summary>The engine's error for a database that was unusable before anything changed.</summary>
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

    /// <summary>
    /// SQLite's message, which names the table, function or collation; its text for the error code alone
    /// names nothing.
    /// </summary>
    private static string Reason(this SqliteException failure) =>
        failure.Message.Split('\'', 2) is [_, var quoted] && quoted.LastIndexOf('\'') is > 0 and var end
            ? quoted[..end]
            : failure.Message;
}
