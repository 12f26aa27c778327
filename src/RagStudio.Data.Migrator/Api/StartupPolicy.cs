namespace RagStudio.Data.Migrator;

/// <summary>What the start of the host does about migrations, after <see cref="MigratorBuilder.MigrateOnStartup"/>.</summary>
public enum StartupPolicy
{
    /// <summary>
    /// Migrates. Of several instances that start at once one does, and the others wait for it, <see cref="MigrationOptions.LockTimeout"/> at
    /// most.
    /// </summary>
    Migrate,

    /// <summary>
    /// Waits, <see cref="MigrationOptions.LockTimeout"/> at most, until another process has migrated; changes nothing itself. What no waiting
    /// mends, a newer or drifted database, fails the start at once.
    /// </summary>
    Wait,

    /// <summary>Fails the start unless every database is up to date; changes nothing.</summary>
    VerifyOnly,

    /// <summary>Does nothing at all.</summary>
    Skip,
}
