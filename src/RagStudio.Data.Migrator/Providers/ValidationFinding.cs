namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What one check found in one table. Two findings of the same <see cref="Key"/>, before and after a run, are of the same damage: only
/// what there is more of is new.
/// </summary>
/// <param name="Check">The check: the name of a rule, or one of the engine's own.</param>
/// <param name="Kind">What sort of errors they are.</param>
/// <param name="Table">The table; <see langword="null"/> where the errors are of no single table.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="First">The first of them, <see cref="MostNamed"/> at most.</param>
public sealed record ValidationFinding(
    string Check,
    ValidationErrorKind Kind,
    string? Table,
    long Count,
    IReadOnlyList<ValidationError> First
)
{
    /// <summary>How many errors of a kind are named; the others are only counted.</summary>
    public const int MostNamed = 20;

    /// <summary>How many of them the storage's own check of its constraints counts too.</summary>
    internal long OfConstraints { get; init; }

    /// <summary>What tells whether two findings are of the same damage.</summary>
    internal (string Check, ValidationErrorKind Kind, string? Table) Key => (Check, Kind, Table);

    /// <summary>A finding of one error.</summary>
    /// <param name="check">The check that found it.</param>
    /// <param name="error">The error.</param>
    /// <returns>The finding.</returns>
    public static ValidationFinding Of(string check, ValidationError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new ValidationFinding(check, error.Kind, error.Table, 1, [error]);
    }
}
