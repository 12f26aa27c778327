namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// The findings of one check in one table. Two findings with the same <see cref="Key"/>, before and after a
/// run, concern the same damage: only an increase is new.
/// </summary>
/// <param name="Check">The check: the name of a rule, or one of the engine's own.</param>
/// <param name="Kind">The kind of errors.</param>
/// <param name="Table">The table; <see langword="null"/> if the errors concern no single table.</param>
/// <param name="Count">The total number of errors.</param>
/// <param name="First">The first errors, <see cref="MaxNamed"/> at most.</param>
public sealed record ValidationFinding(
    string Check,
    ValidationErrorKind Kind,
    string? Table,
    long Count,
    IReadOnlyList<ValidationError> First
)
{
    /// <summary>The number of errors of a kind that are named; the others are only counted.</summary>
    public const int MaxNamed = 20;

    /// <summary>The number of them that the storage's own check of its constraints also counts.</summary>
    internal long OfConstraints { get; init; }

    /// <summary>The key by which two findings are recognized as the same damage.</summary>
    internal (string Check, ValidationErrorKind Kind, string? Table) Key => (Check, Kind, Table);

    /// <summary>Creates a finding of one error.</summary>
    /// <param name="check">The check that found it.</param>
    /// <param name="error">The error.</param>
    /// <returns>The finding.</returns>
    public static ValidationFinding From(string check, ValidationError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new ValidationFinding(check, error.Kind, error.Table, 1, [error]);
    }
}
