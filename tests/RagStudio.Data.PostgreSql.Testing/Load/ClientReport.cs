namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>What <see cref="Clients"/> have seen.</summary>
/// <param name="Statements">How many statements have ended.</param>
/// <param name="LongestWait">The longest of them, those that were still running at the end included.</param>
/// <param name="LongestGap">The longest time between two successes of a client.</param>
/// <param name="Failures">The failures; a client ends with its first, unless it connects again.</param>
public sealed record ClientReport(
    int Statements,
    TimeSpan LongestWait,
    TimeSpan LongestGap,
    IReadOnlyList<Exception> Failures
);
