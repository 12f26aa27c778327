namespace RagStudio.Data.Migrator;

/// <summary>The status of the runs of this process.</summary>
public enum MigrationRunStatus
{
    /// <summary>No run has begun.</summary>
    NotStarted,

    /// <summary>A run has begun and not ended.</summary>
    Running,

    /// <summary>The last run has succeeded.</summary>
    Succeeded,

    /// <summary>The last run failed, was refused or was canceled.</summary>
    Failed,
}
