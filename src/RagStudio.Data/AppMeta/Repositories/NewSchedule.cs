namespace RagStudio.Data;

/// <summary>The data for a new schedule.</summary>
public sealed record NewSchedule
{
    /// <summary>The unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The times at which it is due: a cron expression with five fields, in UTC.</summary>
    public required string CronExpression { get; init; }

    /// <summary>The pipeline that it starts.</summary>
    public required string PipelineId { get; init; }

    /// <summary>The first due time, which the application computes from the expression; null for never.</summary>
    public required DateTimeOffset? NextRun { get; init; }

    /// <summary>The id; null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>False prevents it from being due until it is enabled.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
