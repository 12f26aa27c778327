namespace RagStudio.Data.Migrator;

/// <summary>The result of accepting an edited migration.</summary>
/// <param name="RunId">The id of the run in the history and the log.</param>
/// <param name="Version">The migration's id.</param>
/// <param name="Reason">The reason, as recorded in the history.</param>
/// <param name="Databases">The databases in which it was accepted; empty if it is not edited in any.</param>
/// <param name="TotalDuration">The duration of the call.</param>
public sealed record AcceptSummary(
    string RunId,
    string Version,
    string Reason,
    IReadOnlyList<AcceptedMigration> Databases,
    TimeSpan TotalDuration
);
