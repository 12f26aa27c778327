using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Tells what the checks found without a value of any row.</summary>
internal static class FindingText
{
    /// <summary>What is wrong; for people who may not see the rows.</summary>
    public static string Of(ValidationError error) =>
        IsOfTheSchema(error) ? error.Detail : "A row. 'ragstudio-db validate' shows which one and what is wrong.";

    /// <summary>The name of a kind as words: <c>MissingTable</c> is "missing table".</summary>
    public static string Words(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    // The others' details have the row's id in them, and the value that is wrong.
    private static bool IsOfTheSchema(ValidationError error) =>
        error.Kind
            is ValidationErrorKind.Integrity
                or ValidationErrorKind.MissingTable
                or ValidationErrorKind.SchemaMismatch
                or ValidationErrorKind.ForeignKey
                or ValidationErrorKind.HistoryTampered
                or ValidationErrorKind.LostRows;
}
