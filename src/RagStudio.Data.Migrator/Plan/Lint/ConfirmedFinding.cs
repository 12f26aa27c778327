namespace RagStudio.Data.Migrator.Plan;

/// <summary>A question that the live data has not answered with no.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Finding">What is told.</param>
internal sealed record ConfirmedFinding(CandidateFinding Candidate, PlanFinding Finding);
