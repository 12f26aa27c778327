namespace RagStudio.Data.Migrator.Providers;

/// <summary>An index as it is.</summary>
/// <param name="Name">Its name; <see langword="null"/> where a constraint of the table makes it.</param>
/// <param name="IsUnique">Whether it takes no value twice.</param>
/// <param name="Columns">Its columns or canonical expressions in their order, with <c> DESC</c> and a collation where they are not the default.</param>
/// <param name="Filter">The canonical condition of a partial index; <see langword="null"/> where it covers all rows.</param>
public sealed record IndexSchema(string? Name, bool IsUnique, IReadOnlyList<string> Columns, string? Filter);
