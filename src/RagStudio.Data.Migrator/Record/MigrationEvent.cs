namespace RagStudio.Data.Migrator;

/// <summary>What a line of the history tells.</summary>
public enum MigrationEvent
{
    /// <summary>A migration was applied.</summary>
    Applied,

    /// <summary>A run failed and what it had done was undone.</summary>
    Failed,
}
