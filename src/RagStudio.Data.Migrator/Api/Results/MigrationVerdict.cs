namespace RagStudio.Data.Migrator;

/// <summary>
/// The state of a set of databases in one word. If several apply, the most severe, which is the last of these.
/// </summary>
public enum MigrationVerdict
{
    /// <summary>Every migration of the program is applied.</summary>
    UpToDate,

    /// <summary>Migrations are pending.</summary>
    Pending,

    /// <summary>No migration was ever applied to any database.</summary>
    Empty,

    /// <summary>A pending migration is older than an applied one.</summary>
    OutOfOrder,

    /// <summary>
    /// A database differs from what its applied migrations create: a migration was edited afterwards, or the schema was
    /// changed.
    /// </summary>
    Drifted,

    /// <summary>A database has applied migrations that are newer than any of the program.</summary>
    Newer,

    /// <summary>A run was killed; the next one recovers the databases before it does anything else.</summary>
    Interrupted,

    /// <summary>The data of a database was copied elsewhere, and is not used here any more.</summary>
    Moved,
}
