using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>accept</c>.</summary>
/// <param name="RunId">The run's id in the history.</param>
/// <param name="Version">The migration's id.</param>
/// <param name="Reason">The reason given.</param>
/// <param name="Databases">The databases in which it was accepted.</param>
/// <param name="TotalDurationMs">The duration of the call.</param>
internal sealed record AcceptDocument(
    string RunId,
    string Version,
    string Reason,
    IReadOnlyList<AcceptedDatabaseDocument> Databases,
    double TotalDurationMs
)
{
    public static AcceptDocument From(AcceptSummary summary) =>
        new(
            summary.RunId,
            summary.Version,
            summary.Reason,
            [.. summary.Databases.Select(AcceptedDatabaseDocument.From)],
            summary.TotalDuration.TotalMilliseconds
        );
}
