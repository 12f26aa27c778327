namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a migration did to a watched table.</summary>
/// <param name="Table">Its <see cref="WatchedTable.Name"/> before the migration.</param>
/// <param name="Now">
/// The name of the table that now holds its rows: the same one, possibly renamed, or its replacement;
/// <see langword="null"/> if it is gone, or was merged into another table that existed before.
/// </param>
/// <param name="Rows">The number of its rows now, or of the rows that were added to the other table.</param>
public sealed record TableRows(string Table, string? Now, long Rows);
