namespace RagStudio.Data.Migrator.Run;

/// <summary>A failed validation, on its way to the undo that converts it to the caller's error.</summary>
internal sealed class FailedValidationException(IReadOnlyList<ValidationReport> reports)
    : Exception("The migrated databases did not pass their checks.")
{
    public IReadOnlyList<ValidationReport> Reports { get; } = reports;
}
