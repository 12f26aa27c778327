namespace RagStudio.Data.Cli;

/// <summary>The databases that a command works on, and their settings.</summary>
/// <param name="DataDirectory">The full path of their folder, which may not exist.</param>
/// <param name="SingleDatabase">True for a single file; <see langword="null"/> for the existing layout.</param>
/// <param name="Database">The only database to work on; <see langword="null"/> for both.</param>
/// <param name="BackupDirectory">
/// The full path of the folder of backup sets; <see langword="null"/> for the default beside the databases.
/// </param>
/// <param name="LockTimeout">How long to wait for a lock; <see langword="null"/> for the migrator's default.</param>
/// <param name="MigrationTimeout">
/// The time limit of a migration; <see langword="null"/> for the migrator's default.
/// </param>
/// <param name="Application">Another application to work on; <see langword="null"/> for RAG Studio.</param>
/// <param name="Connection">
/// The connection string of RAG Studio's data on PostgreSQL; <see langword="null"/> for files.
/// </param>
/// <param name="EventsConnection">That of another database for the events; <see langword="null"/> for the same.</param>
internal sealed record CliSettings(
    string DataDirectory,
    bool? SingleDatabase,
    string? Database,
    string? BackupDirectory,
    TimeSpan? LockTimeout,
    TimeSpan? MigrationTimeout,
    ApplicationChoice? Application = null,
    string? Connection = null,
    string? EventsConnection = null
);
