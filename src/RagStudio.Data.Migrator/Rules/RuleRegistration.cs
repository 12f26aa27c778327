namespace RagStudio.Data.Migrator;

/// <summary>A rule that an application has registered.</summary>
/// <param name="Database">The database that it belongs to; <see langword="null"/> for the only one of the set.</param>
/// <param name="Create">Creates it.</param>
internal sealed record RuleRegistration(string? Database, Func<IServiceProvider, ValidationRule> Create);
