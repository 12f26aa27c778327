using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>The JSON of <c>accept</c>.</summary>
/// <param name="RunId">The run, as the history names it.</param>
/// <param name="Version">The migration's id.</param>
/// <param name="Reason">Why.</param>
/// <param name="Databases">The databases in which it was accepted.</param>
/// <param name="TotalDurationMs">From the call to its end.</param>
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
