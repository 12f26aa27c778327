namespace RagStudio.Data.Migrator.Providers;

/// <summary>An index.</summary>
/// <param name="Name">Its name; <see langword="null"/> if a constraint of the table creates it.</param>
/// <param name="IsUnique">True if its entries must be unique.</param>
/// <param name="Columns">
/// Its columns or canonical expressions, in order, with <c> DESC</c> and a collation unless they are the
/// default.
/// </param>
/// <param name="Filter">
/// The canonical condition of a partial index; <see langword="null"/> if it covers all rows.
/// </param>
public sealed record IndexSchema(string? Name, bool IsUnique, IReadOnlyList<string> Columns, string? Filter);
