namespace RagStudio.Data.Migrator;

/// <summary>What was accepted.</summary>
/// <param name="RunId">Names the run in the history and the log.</param>
/// <param name="Version">The migration's id.</param>
/// <param name="Reason">Why, as the history has it.</param>
/// <param name="Databases">The databases in which it was accepted; empty where it is nowhere edited.</param>
/// <param name="TotalDuration">From the call to its end.</param>
public sealed record AcceptSummary(
    string RunId,
    string Version,
    string Reason,
    IReadOnlyList<AcceptedMigration> Databases,
    TimeSpan TotalDuration
);
