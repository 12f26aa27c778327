using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The services that all operations on a set share: its databases, its options, its backups and its journal.
/// </summary>
/// <param name="Set">The databases.</param>
/// <param name="Options">The options.</param>
/// <param name="Expected">The schemas that migrations create.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Silent if the operation works on copies and is part of another one.</param>
internal sealed record MigratorServices(
    MigrationSet Set,
    MigrationOptions Options,
    ExpectedSchemas Expected,
    TimeProvider Time,
    ILogger Logger
)
{
    public RunJournal Journal { get; } = new(Set.Journal, Set.FormerJournal);

    public BackupStore Backups { get; } =
        new(
            (Options.BackupDirectory ?? Set.DefaultBackupDirectory) is { } folder ? Path.GetFullPath(folder) : null,
            Set,
            Logger
        );

    /// <summary>True if a run of this set, or of another one with a common database, has left a journal.</summary>
    public bool MayBeInterrupted => Journal.Exists || Journal.Others(Set).Count > 0;
}
