using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// Parses SQLite's messages about rows with values that their table does not allow:
/// https://sqlite.org/pragma.html#pragma_integrity_check.
/// </summary>
internal static class SqliteConstraint
{
    private const string BrokenCheck = "CHECK constraint failed in ";
    private const string OfValue = " value in ";
    private const string Null = "NULL";

    public static bool IsOne(string message) =>
        message.StartsWith(BrokenCheck, StringComparison.Ordinal) || KindOf(message) is not null;

    public static ValidationFinding Describe(KeyValuePair<string, long> message)
    {
        var (text, rows) = message;
        if (KindOf(text) is not { } kind)
        {
            return Describe(StorageCheck.Constraints, text[BrokenCheck.Length..], rows, text);
        }
        var place = text[(kind.Length + OfValue.Length)..];
        var table = place[..place.LastIndexOf('.')];
        return Describe(kind == Null ? $"not null of {place}" : $"{kind} in {place}", table, rows, text);
    }

    /// <summary>
    /// The kind of a constraint message about a column that is NOT NULL, numeric, text, or of a strict table:
    /// the word in front of it.
    /// </summary>
    private static string? KindOf(string message)
    {
        var at = message.IndexOf(OfValue, StringComparison.Ordinal);
        var kind = at < 0 ? "" : message[..at];
        return
            kind is Null or "NUMERIC" or "TEXT"
            || (kind.StartsWith("non-", StringComparison.Ordinal) && !kind.Contains(' '))
            ? kind
            : null;
    }

    private static ValidationFinding Describe(string check, string table, long rows, string text) =>
        new(
            check,
            ValidationErrorKind.Integrity,
            table,
            rows,
            [new ValidationError(ValidationErrorKind.Integrity, table, null, text)]
        );
}
