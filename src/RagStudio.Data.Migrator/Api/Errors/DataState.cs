namespace RagStudio.Data.Migrator;

/// <summary>The state of the databases after an error.</summary>
public enum DataState
{
    /// <summary>Nothing was changed.</summary>
    Unchanged,

    /// <summary>All changes were undone: every database is as it was before.</summary>
    Restored,

    /// <summary>
    /// The databases are neither in their old nor in their new state: manual intervention is required.
    /// </summary>
    NeedsAttention,

    /// <summary>Either all changes are there or none: the server that knows could not be asked.</summary>
    Unknown,
}
