namespace RagStudio.Data.Migrator.Providers;

/// <summary>Which values of a column do not fit it any more when it changes.</summary>
/// <param name="Condition">What is true for them, as it may stand in a query.</param>
/// <param name="AreLost">Whether they are changed or become unreadable; else the database keeps them as they are.</param>
public sealed record UnfitValues(string Condition, bool AreLost);
