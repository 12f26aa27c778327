namespace RagStudio.Data;

/// <summary>A schedule in a list.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The unique name; pages are sorted by it.</param>
/// <param name="PipelineId">The pipeline that it starts.</param>
/// <param name="CronExpression">The times at which it is due.</param>
/// <param name="Enabled">True if it can be due.</param>
/// <param name="LastRun">The time when it ran last (UTC); null for never.</param>
/// <param name="NextRun">The time when it is due next (UTC); null for never.</param>
public sealed record ScheduleSummary(
    string Id,
    string Name,
    string PipelineId,
    string CronExpression,
    bool Enabled,
    DateTimeOffset? LastRun,
    DateTimeOffset? NextRun
);
