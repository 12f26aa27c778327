namespace RagStudio.Data.Migrator;

/// <summary>
/// The migrated databases failed validation. <see cref="MigrationException.DataState"/> says whether the changes were
/// undone.
/// </summary>
public sealed class ValidationFailedException : MigrationException
{
    internal ValidationFailedException(IReadOnlyList<ValidationReport> reports, DataState dataState)
        : base(MigrationPhase.Validate, dataState, Describe(reports, dataState)) => Reports = reports;

    /// <summary>The findings, a report per database.</summary>
    public IReadOnlyList<ValidationReport> Reports { get; }

    private static string Describe(IReadOnlyList<ValidationReport> reports, DataState dataState)
    {
        var count = reports.Sum(report => report.ErrorCount);
        var errors = reports.SelectMany(report => report.Errors).ToArray();
        var first = errors.FirstOrDefault();
        if (errors.Length > 0 && errors.All(error => error.Kind == ValidationErrorKind.LostRows))
        {
            return $"Rows would have been lost: {string.Join(". ", errors.Select(error => error.Detail))}. {dataState.Sentence()}";
        }
        return $"The migrated databases have {count} error(s), the first: {first?.Detail}. {dataState.Sentence()}";
    }
}
