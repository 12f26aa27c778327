using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Record;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// SQLite's own checks, and the check of the migrator's history. <c>integrity_check</c> does not detect
/// broken references, so the reference check runs too.
/// </summary>
internal static class SqliteChecks
{
    private const int ChecksPerformed = 3;

    /// <param name="connection">The open connection.</param>
    /// <param name="tables">The tables to check; <see langword="null"/> for the whole file.</param>
    /// <param name="depth">How much of the structure is checked.</param>
    /// <param name="isLast">True to report what cannot be checked; otherwise SQLite's error is thrown.</param>
    public static StorageCheck Run(
        SqliteConnection connection,
        IReadOnlySet<string>? tables,
        CheckDepth depth,
        bool isLast = true
    ) =>
        Tolerant(() =>
        {
            var structure = new SqliteStructure(connection, tables, depth, isLast).Check();
            return structure with
            {
                Findings = structure.IsDamaged
                    ? structure.Findings
                    :
                    [
                        .. structure.Findings,
                        .. SqliteReferences.Check(connection, tables),
                        .. SqliteHistoryChain.Check(connection),
                    ],
                ChecksPerformed = ChecksPerformed,
            };
        });

    /// <summary>Checks the structure only, without the content of the indexes.</summary>
    public static StorageCheck RunStructure(SqliteConnection connection, bool isLast) =>
        Tolerant(() => new SqliteStructure(connection, tables: null, CheckDepth.Quick, isLast).Check());

    /// <summary>Reports damage that makes the check itself fail.</summary>
    private static StorageCheck Tolerant(Func<StorageCheck> check)
    {
        try
        {
            return check();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            var error = new ValidationError(ValidationErrorKind.Integrity, null, null, failure.Message);
            return new StorageCheck([ValidationFinding.From(StorageCheck.Structure, error)], ChecksPerformed);
        }
    }
}
