namespace RagStudio.Data.Migrator;

/// <summary>How many errors of one kind one table has.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Table">The table; <see langword="null"/> where the errors are of no single table.</param>
/// <param name="Count">How many there are.</param>
public sealed record ErrorCount(ValidationErrorKind Kind, string? Table, long Count);
