namespace RagStudio.Data;

/// <summary>A schedule that is due.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name shown to the user.</param>
/// <param name="PipelineId">The pipeline to start.</param>
/// <param name="CronExpression">The expression from which the application computes the next due time.</param>
/// <param name="DueAt">
/// The time when it was due (UTC), which identifies this occurrence when its run is recorded.
/// </param>
public sealed record DueSchedule(
    string Id,
    string Name,
    string PipelineId,
    string CronExpression,
    DateTimeOffset DueAt
);
