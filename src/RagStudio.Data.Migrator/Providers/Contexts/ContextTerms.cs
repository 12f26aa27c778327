namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a provider calls things, for messages about a context's registration.</summary>
/// <param name="Registration">What a registration needs, such as <c>UseSqlite and a file</c>.</param>
/// <param name="WhyNone">Why there is no connection string to use, as a relative clause.</param>
/// <param name="Method">The method that adds a database.</param>
/// <param name="Example">A connection string to give it.</param>
public sealed record ContextTerms(string Registration, string WhyNone, string Method, string Example);
