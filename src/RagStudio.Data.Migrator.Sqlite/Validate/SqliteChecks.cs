using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>SQLite's own checks. <c>integrity_check</c> does not see broken references, so both are run.</summary>
internal static class SqliteChecks
{
    private const int FirstOfAKind = 20;
    private const int ChecksPerformed = 2;

    public static StorageCheck Run(SqliteConnection connection)
    {
        try
        {
            return Check(connection);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            // Some damage ends the check itself.
            return new StorageCheck(
                [new ValidationError(ValidationErrorKind.Integrity, null, null, failure.Message)],
                [new ErrorCount(ValidationErrorKind.Integrity, null, 1)],
                ChecksPerformed
            );
        }
    }

    private static StorageCheck Check(SqliteConnection connection)
    {
        var structure = Structure(connection);
        var references = structure.Count == 0 ? CountReferences(connection) : [];
        return new StorageCheck(
            [.. structure.Take(FirstOfAKind), .. references.Count == 0 ? [] : References(connection)],
            structure.Count == 0 ? references : [new ErrorCount(ValidationErrorKind.Integrity, null, structure.Count)],
            ChecksPerformed
        );
    }

    private static List<ValidationError> Structure(SqliteConnection connection) =>
        [
            .. connection
                .Query("PRAGMA integrity_check", row => row.GetString(0))
                .Where(text => text != "ok")
                .Select(text => new ValidationError(ValidationErrorKind.Integrity, null, null, text)),
        ];

    private static List<ErrorCount> CountReferences(SqliteConnection connection) =>
        connection.Query(
            "SELECT \"table\", COUNT(*) FROM pragma_foreign_key_check GROUP BY 1",
            row => new ErrorCount(ValidationErrorKind.ForeignKey, row.GetString(0), row.GetInt64(1))
        );

    private static List<ValidationError> References(SqliteConnection connection) =>
        connection.Query(
            "SELECT \"table\", \"rowid\", \"parent\" FROM pragma_foreign_key_check LIMIT $limit",
            row =>
            {
                var (table, id, parent) = (
                    row.GetString(0),
                    row.IsDBNull(1) ? null : row.GetString(1),
                    row.GetString(2)
                );
                return new ValidationError(
                    ValidationErrorKind.ForeignKey,
                    table,
                    id,
                    $"row {id} of '{table}' refers to a row of '{parent}' that is not there"
                );
            },
            ("$limit", FirstOfAKind)
        );
}
