using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Describes the findings of the checks without any value of a row.</summary>
internal static class FindingText
{
    /// <summary>Describes an error for readers who are not allowed to see the rows.</summary>
    public static string Describe(ValidationError error) =>
        IsOfTheSchema(error) ? error.Detail : "A row. 'ragstudio-db validate' shows which one and what is wrong.";

    /// <summary>Splits the name of a kind into words: <c>MissingTable</c> is "missing table".</summary>
    public static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    // The details of other errors contain the row's id and the wrong value.
    private static bool IsOfTheSchema(ValidationError error) =>
        error.Kind
            is ValidationErrorKind.Integrity
                or ValidationErrorKind.MissingTable
                or ValidationErrorKind.SchemaMismatch
                or ValidationErrorKind.ForeignKey
                or ValidationErrorKind.HistoryTampered
                or ValidationErrorKind.LostRows;
}
