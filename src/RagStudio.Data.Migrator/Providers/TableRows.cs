namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a migration made of a watched table.</summary>
/// <param name="Table">The <see cref="WatchedTable.Name"/> that it had before the migration.</param>
/// <param name="Now">
/// What the table is called that has its rows now: the same one, under whatever name, or the one that took its place;
/// <see langword="null"/> where it is gone, or became a part of another table that was there before.
/// </param>
/// <param name="Rows">How many rows are there, or were added to the other table.</param>
public sealed record TableRows(string Table, string? Now, long Rows);
