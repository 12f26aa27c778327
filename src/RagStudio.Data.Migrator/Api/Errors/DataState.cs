namespace RagStudio.Data.Migrator;

/// <summary>The state in which an error leaves the databases.</summary>
public enum DataState
{
    /// <summary>Nothing was changed.</summary>
    Unchanged,

    /// <summary>What had been changed was undone: every database is as it was before.</summary>
    Restored,

    /// <summary>The databases are neither as they were nor as they should be: a person is needed.</summary>
    NeedsAttention,
}
