namespace RagStudio.Data;

/// <summary>A schedule whose time has come.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Shown to the user.</param>
/// <param name="PipelineId">The pipeline to start.</param>
/// <param name="CronExpression">From which the application computes when it is due next.</param>
/// <param name="DueAt">When it was due (UTC); names this turn of it when its run is recorded.</param>
public sealed record DueSchedule(
    string Id,
    string Name,
    string PipelineId,
    string CronExpression,
    DateTimeOffset DueAt
);
