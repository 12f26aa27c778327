namespace RagStudio.Data.Migrator;

/// <summary>A warning of a validation, which is not an error.</summary>
/// <param name="Kind">The kind of warning.</param>
/// <param name="Table">The table; <see langword="null"/> if the warning concerns no single table.</param>
/// <param name="Detail">The description.</param>
public sealed record ValidationWarning(ValidationWarningKind Kind, string? Table, string Detail);
