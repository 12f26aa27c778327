namespace RagStudio.Data.Migrator;

/// <summary>The state of a set of databases in one word; of several that apply, the gravest, which is the last here.</summary>
public enum MigrationVerdict
{
    /// <summary>Every migration that the program has is applied.</summary>
    UpToDate,

    /// <summary>Migrations are waiting to be applied.</summary>
    Pending,

    /// <summary>No migration was ever applied to any database.</summary>
    Empty,

    /// <summary>A pending migration is older than an applied one.</summary>
    OutOfOrder,

    /// <summary>A database is not what its applied migrations make: one was edited afterwards, or the schema was changed.</summary>
    Drifted,

    /// <summary>A database has migrations that are newer than any that the program has.</summary>
    Newer,

    /// <summary>A run died half way; the next one puts the databases back before it does anything else.</summary>
    Interrupted,
}
