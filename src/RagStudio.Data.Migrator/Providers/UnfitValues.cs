namespace RagStudio.Data.Migrator.Providers;

/// <summary>The values of a column that do not fit a change of it.</summary>
/// <param name="Condition">The condition that selects them, as usable in a query.</param>
/// <param name="AreLost">
/// True if they are changed or become unreadable; otherwise the database keeps them unchanged.
/// </param>
public sealed record UnfitValues(string Condition, bool AreLost);
