namespace RagStudio.Data.Migrator;

/// <summary>What a line of the history tells.</summary>
public enum MigrationEvent
{
    /// <summary>A migration was applied.</summary>
    Applied,

    /// <summary>A migration was reverted by its <c>Down</c>.</summary>
    Reverted,

    /// <summary>An application's code that belongs to a migration ran.</summary>
    CodeRun,

    /// <summary>A backup was restored by somebody.</summary>
    Restored,

    /// <summary>A run that had died was undone by the next start.</summary>
    Recovered,

    /// <summary>A run failed and what it had done was undone.</summary>
    Failed,

    /// <summary>Somebody accepted, for a reason, that the program's migration is not the one that was applied.</summary>
    Accepted,

    /// <summary>Something that this program does not know: a newer one wrote the line, or somebody changed it.</summary>
    Unknown,
}
