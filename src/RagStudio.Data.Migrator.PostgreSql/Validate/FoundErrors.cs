using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql.Validate;

/// <summary>Joins errors of one kind and table, which are one finding.</summary>
internal static class FoundErrors
{
    public static IEnumerable<ValidationFinding> Group(string check, IEnumerable<ValidationError> errors) =>
        errors
            .GroupBy(error => (error.Kind, error.Table))
            .Select(same => new ValidationFinding(
                check,
                same.Key.Kind,
                same.Key.Table,
                same.Count(),
                [.. same.Take(ValidationFinding.MaxNamed)]
            ));
}
