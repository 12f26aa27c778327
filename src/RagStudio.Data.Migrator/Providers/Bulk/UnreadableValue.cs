namespace RagStudio.Data.Migrator.Providers;

/// <summary>Stands for a value that a column's mapping cannot read.</summary>
/// <param name="Reason">The reason as a clause that does not quote the value.</param>
public sealed record UnreadableValue(string Reason);
