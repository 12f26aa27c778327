namespace RagStudio.Data.Migrator.Run;

/// <summary>A failed validation on its way to the rollback that makes a caller's error of it.</summary>
internal sealed class FailedValidationException(IReadOnlyList<ValidationReport> reports)
    : Exception("The migrated databases did not pass their checks.")
{
    public IReadOnlyList<ValidationReport> Reports { get; } = reports;
}
