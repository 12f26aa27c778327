using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// SQLite's own checks, and that of the history. <c>integrity_check</c> does not see broken references, so both are run.
/// </summary>
internal static class SqliteChecks
{
    private const string Constraints = "constraints";

    private const int ChecksPerformed = 3;

    /// <summary>How <c>integrity_check</c> tells of rows that break a constraint, which leaves the structure sound.</summary>
    private static readonly string[] OfConstraints = ["CHECK constraint failed in ", "NULL value in "];

    public static StorageCheck Run(SqliteConnection connection, CheckDepth depth = CheckDepth.Full)
    {
        try
        {
            return Check(connection, depth);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            // Some damage ends the check itself.
            return new StorageCheck([StructureOf(1, [failure.Message])], ChecksPerformed);
        }
    }

    private static StorageCheck Check(SqliteConnection connection, CheckDepth depth)
    {
        var pragma = depth == CheckDepth.Quick ? "PRAGMA quick_check" : "PRAGMA integrity_check";
        var told = connection.Query(pragma, row => row.GetString(0)).Where(text => text != "ok").ToArray();
        var constraints = told.Where(IsOfConstraint).ToArray();
        var structure = told.Except(constraints).ToArray();
        return structure.Length > 0
            ? new StorageCheck([StructureOf(structure.Length, structure)], ChecksPerformed)
            : new StorageCheck(
                [
                    .. constraints.Select(OfConstraint),
                    .. SqliteReferences.Check(connection),
                    .. SqliteHistoryChain.Check(connection),
                ],
                ChecksPerformed
            );
    }

    private static ValidationFinding StructureOf(int count, IEnumerable<string> told) =>
        new(
            StorageCheck.Structure,
            ValidationErrorKind.Integrity,
            null,
            count,
            [
                .. told.Take(ValidationFinding.MostNamed)
                    .Select(text => new ValidationError(ValidationErrorKind.Integrity, null, null, text)),
            ]
        );

    private static bool IsOfConstraint(string text) =>
        OfConstraints.Any(start => text.StartsWith(start, StringComparison.Ordinal));

    /// <summary>SQLite tells a table once for each of its rows that break a constraint, and not which rows they are.</summary>
    private static ValidationFinding OfConstraint(string text)
    {
        var table = text[(text.IndexOf(" in ", StringComparison.Ordinal) + 4)..].Split('.')[0];
        return ValidationFinding.Of(Constraints, new ValidationError(ValidationErrorKind.Integrity, table, null, text));
    }
}
