namespace RagStudio.Data.Migrator;

/// <summary>An error that a validation found in a database.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Table">The table; <see langword="null"/> if the error concerns no single table.</param>
/// <param name="Id">
/// The row, or the column or other object of the table; <see langword="null"/> if the error concerns no single one.
/// </param>
/// <param name="Detail">The description.</param>
public sealed record ValidationError(ValidationErrorKind Kind, string? Table, string? Id, string Detail);
