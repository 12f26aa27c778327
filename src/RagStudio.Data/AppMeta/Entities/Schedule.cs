namespace RagStudio.Data;

/// <summary>Starts a pipeline at times given by a cron expression.</summary>
public sealed class Schedule
{
    /// <summary>The id, chosen by the application: a UUIDv7 for new rows, so ids sort by age.</summary>
    public required string Id { get; init; }

    /// <summary>The unique name.</summary>
    public required string Name { get; set; }

    /// <summary>The times at which it is due: a cron expression with five fields, in UTC.</summary>
    public required string CronExpression { get; set; }

    /// <summary>The <see cref="Pipeline"/> that it starts.</summary>
    public required string PipelineId { get; set; }

    /// <summary>False prevents it from ever being due.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The time when it last started its pipeline (UTC).</summary>
    public DateTimeOffset? LastRun { get; set; }

    /// <summary>The time when it is due next (UTC); null for never.</summary>
    public DateTimeOffset? NextRun { get; set; }

    /// <summary>The time of creation (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time of the last change (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; set; }
}
