namespace RagStudio.Data.Migrator;

/// <summary>Rows that a plan says a migration may take.</summary>
/// <param name="Table">The table, as it is called before the run.</param>
/// <param name="AtMost">How many; <see cref="long.MaxValue"/> where they could not be counted beforehand.</param>
internal sealed record NamedRows(string Table, long AtMost);
