namespace RagStudio.Data;

/// <summary>Starts a pipeline at times given by a cron expression.</summary>
public sealed class Schedule
{
    /// <summary>Chosen by the application: a UUIDv7 for new rows, so that ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>Unique among schedules.</summary>
    public required string Name { get; set; }

    /// <summary>When it is due, in cron's five fields, UTC.</summary>
    public required string CronExpression { get; set; }

    /// <summary>The <see cref="Pipeline"/> that it starts.</summary>
    public required string PipelineId { get; set; }

    /// <summary>False keeps it from ever being due.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>When it last started its pipeline (UTC).</summary>
    public DateTimeOffset? LastRun { get; set; }

    /// <summary>When it is due next (UTC), or null when never.</summary>
    public DateTimeOffset? NextRun { get; set; }

    /// <summary>When the row was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the row was last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
