namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>What <see cref="Clients"/> have seen.</summary>
/// <param name="Statements">How many statements have ended.</param>
/// <param name="LongestWait">The longest of them, those that were still running at the end included.</param>
/// <param name="Failures">The failures of statements; a client ends with its first.</param>
public sealed record ClientReport(int Statements, TimeSpan LongestWait, IReadOnlyList<Exception> Failures);
