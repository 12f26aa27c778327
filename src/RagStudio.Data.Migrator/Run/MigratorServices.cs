using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Run;

/// <summary>What all operations on one set share: its databases, its options, and where its backups and its journal are.</summary>
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

    /// <summary>Silent where the operation works on copies and is a part of another one.</summary>
    public ILogger Logger { get; } = logger;

    public RunJournal Journal { get; } = new(set.Journal, set.FormerJournal);

    public BackupStore Backups { get; } =
        new(Path.GetFullPath(options.BackupDirectory ?? set.DefaultBackupDirectory), set, logger);

    /// <summary>Where work files go: beside the first database, or where it is no file, beside the backups.</summary>
    public string WorkFolder => Set.Folder ?? Backups.Folder;

    /// <summary>True if a run of this set, or of another one that shares a database with it, has left a journal.</summary>
    public bool MayBeInterrupted => Journal.Exists || Journal.Others(Set).Count > 0;
}
