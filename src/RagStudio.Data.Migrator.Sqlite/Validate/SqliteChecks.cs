using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// SQLite's own checks, and that of the history. <c>integrity_check</c> does not see broken references, so both are run.
/// </summary>
internal static class SqliteChecks
{
    private const int ChecksPerformed = 3;

    /// <summary>
    /// SQLite stops its check after a hundred messages, and rows that break a constraint are some: damage of the structure that comes later would
    /// stay unseen.
    /// </summary>
    private const int MostMessages = 10_000_000;

    private const string BrokenCheck = "CHECK constraint failed in ";
    private const string BrokenNotNull = "NULL value in ";

    public static StorageCheck Run(SqliteConnection connection, CheckDepth depth) =>
        Tolerant(() =>
        {
            var structure = CheckStructure(connection, depth) with { ChecksPerformed = ChecksPerformed };
            return structure.IsDamaged
                ? structure
                : structure with
                {
                    Findings =
                    [
                        .. structure.Findings,
                        .. SqliteReferences.Check(connection),
                        .. SqliteHistoryChain.Check(connection),
                    ],
                };
        });

    /// <summary>The structure alone, without the content of the indexes.</summary>
    public static StorageCheck RunStructure(SqliteConnection connection) =>
        Tolerant(() => CheckStructure(connection, CheckDepth.Quick));

    /// <summary>Some damage ends the check itself.</summary>
    private static StorageCheck Tolerant(Func<StorageCheck> check)
    {
        try
        {
            return check();
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_CORRUPT)
        {
            return new StorageCheck([StructureOf(1, [failure.Message])], ChecksPerformed);
        }
    }

    private static StorageCheck CheckStructure(SqliteConnection connection, CheckDepth depth)
    {
        var structure = new List<string>();
        var messages = 0L;
        var constraints = new Dictionary<string, long>();
        var pragma = depth == CheckDepth.Quick ? "quick_check" : "integrity_check";
        var unknown = RunWhateverConstraintsCall(
            connection,
            () => connection.Handle!.ForEach($"PRAGMA {pragma}({MostMessages})", row => Take(row.Text(0) ?? ""))
        );
        return new StorageCheck(
            messages > 0 ? [StructureOf(messages, structure)] : [.. constraints.Select(OfConstraint)],
            ChecksPerformed: 1
        )
        {
            NotChecked = unknown is null ? [] : [$"the CHECK constraints, which this connection cannot run: {unknown}"],
        };

        // SQLite tells a table once for each of its rows that break a constraint, which leaves the structure sound.
        void Take(string text)
        {
            if (IsOfConstraint(text))
            {
                constraints[text] = constraints.GetValueOrDefault(text) + 1;
            }
            else if (text != "ok" && messages++ < ValidationFinding.MostNamed)
            {
                structure.Add(text);
            }
        }
    }

    /// <summary>
    /// A CHECK may call a function that only the application's own connections have: without the constraints the rest can still be checked.
    /// SQLite finds that out before it gives the first row.
    /// </summary>
    /// <returns>Why the constraints were left out; nothing where they were not.</returns>
    private static string? RunWhateverConstraintsCall(SqliteConnection connection, Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            connection.Execute("PRAGMA ignore_check_constraints = ON");
            try
            {
                check();
                return failure.Message;
            }
            finally
            {
                connection.Execute("PRAGMA ignore_check_constraints = OFF");
            }
        }
    }

    private static ValidationFinding StructureOf(long count, IEnumerable<string> told) =>
        new(
            StorageCheck.Structure,
            ValidationErrorKind.Integrity,
            null,
            count,
            [.. told.Select(text => new ValidationError(ValidationErrorKind.Integrity, null, null, text))]
        );

    private static bool IsOfConstraint(string text) =>
        text.StartsWith(BrokenCheck, StringComparison.Ordinal)
        || text.StartsWith(BrokenNotNull, StringComparison.Ordinal);

    private static ValidationFinding OfConstraint(KeyValuePair<string, long> told)
    {
        var (text, rows) = told;
        var isNull = text.StartsWith(BrokenNotNull, StringComparison.Ordinal);
        var place = text[(isNull ? BrokenNotNull : BrokenCheck).Length..];
        var table = isNull ? place[..place.LastIndexOf('.')] : place;
        return new ValidationFinding(
            isNull ? $"not null of {place}" : StorageCheck.Constraints,
            ValidationErrorKind.Integrity,
            table,
            rows,
            [new ValidationError(ValidationErrorKind.Integrity, table, null, text)]
        );
    }
}
