namespace RagStudio.Data.Migrator.Plan;

/// <summary>A candidate finding that the present data does not rule out.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Finding">The finding as reported.</param>
internal sealed record ConfirmedFinding(CandidateFinding Candidate, PlanFinding Finding);
