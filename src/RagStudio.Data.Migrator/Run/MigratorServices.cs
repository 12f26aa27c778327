using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// The services that all operations on a set share: its databases, its options, its backups and its journal.
/// </summary>
internal sealed class MigratorServices(
    MigrationSet set,
    MigrationOptions options,
    ExpectedSchemas expected,
    TimeProvider time,
    ILogger logger
)
{
    public MigrationSet Set { get; } = set;

    public MigrationOptions Options { get; } = options;

    public ExpectedSchemas Expected { get; } = expected;

    public TimeProvider Time { get; } = time;

    /// <summary>Silent if the operation works on copies and is part of another one.</summary>
    public ILogger Logger { get; } = logger;

    public RunJournal Journal { get; } = new(set.Journal, set.FormerJournal);

    public BackupStore Backups { get; } =
        new(
            (options.BackupDirectory ?? set.DefaultBackupDirectory) is { } folder ? Path.GetFullPath(folder) : null,
            set,
            logger
        );

    /// <summary>True if a run of this set, or of another one with a common database, has left a journal.</summary>
    public bool MayBeInterrupted => Journal.Exists || Journal.Others(Set).Count > 0;
}
