namespace RagStudio.Data.Migrator;

/// <summary>One thing about a database that is worth knowing and no error.</summary>
/// <param name="Kind">What sort of warning it is.</param>
/// <param name="Table">The table; <see langword="null"/> where the warning is of no single table.</param>
/// <param name="Detail">What it is about, for people.</param>
public sealed record ValidationWarning(ValidationWarningKind Kind, string? Table, string Detail);
