namespace RagStudio.Data.Migrator;

/// <summary>How far the runs of this process are.</summary>
public enum MigrationRunStatus
{
    /// <summary>No run has begun.</summary>
    NotStarted,

    /// <summary>A run has begun and not ended.</summary>
    Running,

    /// <summary>The last run has ended as it was meant to.</summary>
    Succeeded,

    /// <summary>The last run has failed, was refused or was cancelled.</summary>
    Failed,
}
