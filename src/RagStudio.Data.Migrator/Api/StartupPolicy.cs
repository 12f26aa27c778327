namespace RagStudio.Data.Migrator;

/// <summary>
/// The action that the host takes on migrations when it starts, after <see cref="MigratorBuilder.MigrateOnStartup"/>.
/// </summary>
public enum StartupPolicy
{
    /// <summary>
    /// Migrates. If several instances start at once, one migrates and the others wait for it, at most for
    /// <see cref="MigrationOptions.LockTimeout"/>.
    /// </summary>
    Migrate,

    /// <summary>
    /// Waits until another process has migrated, at most for <see cref="MigrationOptions.LockTimeout"/>; changes
    /// nothing. If waiting cannot help, because a database is newer or drifted, the start fails at once.
    /// </summary>
    Wait,

    /// <summary>Fails the start unless every database is up to date; changes nothing.</summary>
    VerifyOnly,

    /// <summary>Does nothing at all.</summary>
    Skip,
}
