namespace RagStudio.Data.Migrator;

/// <summary>The rows that a plan allows a migration to remove.</summary>
/// <param name="Table">The table, by its name before the run.</param>
/// <param name="AtMost">
/// The maximum number; <see cref="long.MaxValue"/> if they could not be counted beforehand.
/// </param>
internal sealed record NamedRows(string Table, long AtMost);
