namespace RagStudio.Data.Migrator;

/// <summary>A table that a rule reads.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Database">Its database; <see langword="null"/> for the one that the rule belongs to.</param>
public sealed record RuleTable(string Table, IReadOnlyList<string> Columns, string? Database = null);
