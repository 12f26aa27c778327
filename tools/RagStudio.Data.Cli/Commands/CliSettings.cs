namespace RagStudio.Data.Cli;

/// <summary>The databases that a command works on, and how it treats them.</summary>
/// <param name="DataDirectory">The full path of their folder, which may not exist.</param>
/// <param name="SingleDatabase">Whether both are to be in one file; <see langword="null"/> for as they are.</param>
/// <param name="Database">The only one to work on; <see langword="null"/> for both.</param>
/// <param name="BackupDirectory">The full path of the folder of backup sets; <see langword="null"/> for that beside the databases.</param>
/// <param name="LockTimeout">How long to wait for others; <see langword="null"/> for the migrator's default.</param>
/// <param name="MigrationTimeout">The longest that a migration may take; <see langword="null"/> for the migrator's default.</param>
/// <param name="Application">Another application to work on; <see langword="null"/> for RAG Studio.</param>
internal sealed record CliSettings(
    string DataDirectory,
    bool? SingleDatabase,
    string? Database,
    string? BackupDirectory,
    TimeSpan? LockTimeout,
    TimeSpan? MigrationTimeout,
    ApplicationChoice? Application = null
);
