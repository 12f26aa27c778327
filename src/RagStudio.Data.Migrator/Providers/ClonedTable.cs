namespace RagStudio.Data.Migrator.Providers;

/// <summary>How much of a table was cloned.</summary>
/// <param name="Table">The table, named as by <see cref="IMigrationDatabase.NameOf"/>.</param>
/// <param name="Rows">The number of rows that were copied.</param>
/// <param name="TotalRows">The number of its rows; an estimate, unless all of them were copied.</param>
public sealed record ClonedTable(string Table, long Rows, long TotalRows);
