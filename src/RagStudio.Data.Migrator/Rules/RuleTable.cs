namespace RagStudio.Data.Migrator;

/// <summary>A table that a rule reads.</summary>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns of it.</param>
/// <param name="Database">The database that it is in; <see langword="null"/> for the one that the rule belongs to.</param>
public sealed record RuleTable(string Table, IReadOnlyList<string> Columns, string? Database = null);
