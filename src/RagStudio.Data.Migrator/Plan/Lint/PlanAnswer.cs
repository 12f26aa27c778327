namespace RagStudio.Data.Migrator.Plan;

/// <summary>A question that the live data has not answered with no.</summary>
/// <param name="Question">The question.</param>
/// <param name="Finding">What is told.</param>
internal sealed record PlanAnswer(PlanQuestion Question, PlanFinding Finding);
