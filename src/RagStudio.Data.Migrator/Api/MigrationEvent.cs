namespace RagStudio.Data.Migrator;

/// <summary>The event that a line of the history records.</summary>
public enum MigrationEvent
{
    /// <summary>A migration was applied.</summary>
    Applied,

    /// <summary>A migration was reverted by its <c>Down</c>.</summary>
    Reverted,

    /// <summary>The application's code for a migration ran.</summary>
    CodeRun,

    /// <summary>A backup was restored on request.</summary>
    Restored,

    /// <summary>A killed run was undone by the next start.</summary>
    Recovered,

    /// <summary>A run failed and its changes were undone.</summary>
    Failed,

    /// <summary>An edited migration was accepted, with a reason.</summary>
    Accepted,

    /// <summary>All rows were copied from another database, which the detail names.</summary>
    Copied,

    /// <summary>The data was copied to another database, which the detail names, and is not used here any more.</summary>
    Moved,

    /// <summary>The mark of a move was removed: the data here is used again.</summary>
    Reopened,

    /// <summary>A migration was recorded as applied, without being run, when the database was adopted.</summary>
    Adopted,

    /// <summary>The database was moved here from another storage, which the detail names.</summary>
    Relocated,

    /// <summary>The database was moved from here to another storage, which the detail names.</summary>
    RelocatedAway,

    /// <summary>
    /// An event that this program does not know: a newer program wrote the line, or it was tampered with.
    /// </summary>
    Unknown,
}
