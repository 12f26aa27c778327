namespace RagStudio.Data;

/// <summary>What a schedule is made from.</summary>
public sealed record NewSchedule
{
    /// <summary>Unique among schedules.</summary>
    public required string Name { get; init; }

    /// <summary>When it is due, in cron's five fields, UTC.</summary>
    public required string CronExpression { get; init; }

    /// <summary>The pipeline that it starts.</summary>
    public required string PipelineId { get; init; }

    /// <summary>When it is due first, as the application computes it from the expression; null for never.</summary>
    public required DateTimeOffset? NextRun { get; init; }

    /// <summary>Null lets the repository choose a UUIDv7.</summary>
    public string? Id { get; init; }

    /// <summary>False keeps it from being due until it is switched on.</summary>
    /// <value>True by default.</value>
    public bool Enabled { get; init; } = true;
}
