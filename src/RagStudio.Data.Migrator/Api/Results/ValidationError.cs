namespace RagStudio.Data.Migrator;

/// <summary>One thing that is wrong with a database.</summary>
/// <param name="Kind">What sort of error it is.</param>
/// <param name="Table">The table; <see langword="null"/> where the error is of no single table.</param>
/// <param name="Id">The row, or the column or other object of the table; <see langword="null"/> where the error is of no single one.</param>
/// <param name="Detail">What is wrong, for people.</param>
public sealed record ValidationError(ValidationErrorKind Kind, string? Table, string? Id, string Detail);
