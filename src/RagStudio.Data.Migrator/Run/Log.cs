using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator.Run;

/// <summary>The messages that the engine logs. None contains a connection string or a row's content.</summary>
internal static partial class Log
{
    [LoggerMessage(MigratorEventIds.Locked, LogLevel.Debug, "Run {RunId}: locked after {ElapsedMs:0} ms")]
    public static partial void Locked(ILogger logger, string runId, double elapsedMs);

    [LoggerMessage(
        MigratorEventIds.Planned,
        LogLevel.Information,
        "Run {RunId}: {Database} has {Count} pending migration(s)"
    )]
    public static partial void Planned(ILogger logger, string runId, string database, int count);

    [LoggerMessage(
        MigratorEventIds.UnknownMigrations,
        LogLevel.Warning,
        "Run {RunId}: {Database} has applied migrations that this program does not have: {Versions}"
    )]
    public static partial void UnknownMigrations(ILogger logger, string runId, string database, string versions);

    [LoggerMessage(
        MigratorEventIds.BackedUp,
        LogLevel.Information,
        "Run {RunId}: backed up as {BackupId}, {Bytes} bytes, after {ElapsedMs:0} ms"
    )]
    public static partial void BackedUp(ILogger logger, string runId, string backupId, long bytes, double elapsedMs);

    [LoggerMessage(MigratorEventIds.BackupPruned, LogLevel.Information, "The old backup {BackupId} was removed")]
    public static partial void BackupPruned(ILogger logger, string backupId);

    [LoggerMessage(
        MigratorEventIds.BackupCompressed,
        LogLevel.Information,
        "The old backup {BackupId} was compressed from {Bytes} to {CompressedBytes} bytes"
    )]
    public static partial void BackupCompressed(ILogger logger, string backupId, long bytes, long compressedBytes);

    [LoggerMessage(
        MigratorEventIds.FoldersNotFlushed,
        LogLevel.Debug,
        "Run {RunId}: the file system of {Folder} does not flush folders"
    )]
    public static partial void FoldersNotFlushed(ILogger logger, string runId, string folder);

    [LoggerMessage(MigratorEventIds.BackupNotPruned, LogLevel.Warning, "Old backups in {Place} could not be removed")]
    public static partial void BackupNotPruned(ILogger logger, string place, Exception failure);

    [LoggerMessage(
        MigratorEventIds.ManifestUnreadable,
        LogLevel.Warning,
        "The manifest {Path} cannot be read; its set is skipped"
    )]
    public static partial void ManifestUnreadable(ILogger logger, string path, Exception failure);

    [LoggerMessage(
        MigratorEventIds.CompiledNotUsed,
        LogLevel.Warning,
        "Run {RunId}: {Database} is migrated without its compiled migrations, which is slower: they are stale, because {Reason}. Compile them again."
    )]
    public static partial void CompiledNotUsed(ILogger logger, string runId, string database, string reason);

    [LoggerMessage(
        MigratorEventIds.NotPrepared,
        LogLevel.Debug,
        "Run {RunId}: the migrations of {Database} could not be prepared before the locks"
    )]
    public static partial void NotPrepared(ILogger logger, string runId, string database, Exception failure);

    [LoggerMessage(MigratorEventIds.Applying, LogLevel.Information, "Run {RunId}: {Database} starts {Version}")]
    public static partial void Applying(ILogger logger, string runId, string database, string version);

    [LoggerMessage(
        MigratorEventIds.Applied,
        LogLevel.Information,
        "Run {RunId}: {Database} finished {Version} in {ElapsedMs:0} ms"
    )]
    public static partial void Applied(ILogger logger, string runId, string database, string version, double elapsedMs);

    [LoggerMessage(
        MigratorEventIds.CreatedAgain,
        LogLevel.Information,
        "Run {RunId}: {Database} {Version} rebuilt {Table}; its {Kind} {Name} was recreated"
    )]
    public static partial void CreatedAgain(
        ILogger logger,
        string runId,
        string database,
        string version,
        string kind,
        string name,
        string table
    );

    [LoggerMessage(
        MigratorEventIds.NotCreatedAgain,
        LogLevel.Warning,
        "Run {RunId}: {Database} {Version} rebuilt {Table}; its {Kind} {Name} could not be recreated: {Reason}"
    )]
    public static partial void NotCreatedAgain(
        ILogger logger,
        string runId,
        string database,
        string version,
        string kind,
        string name,
        string table,
        string reason
    );

    [LoggerMessage(
        MigratorEventIds.Contended,
        LogLevel.Information,
        "Run {RunId}: others use {Database}; attempt {Attempt} was rolled back after {WaitedMs:0} ms, and another follows"
    )]
    public static partial void Contended(ILogger logger, string runId, string database, int attempt, double waitedMs);

    [LoggerMessage(
        MigratorEventIds.Completed,
        LogLevel.Information,
        "Run {RunId}: completed, {Count} migration(s) in {ElapsedMs:0} ms"
    )]
    public static partial void Completed(ILogger logger, string runId, int count, double elapsedMs);

    // Like the two below, without the exception: the caller receives it, and a host that fails to start logs
    // it with its whole chain.
    [LoggerMessage(MigratorEventIds.RollingBack, LogLevel.Error, "Run {RunId}: failed, undoing its changes: {Reason}")]
    public static partial void RollingBack(ILogger logger, string runId, string reason);

    [LoggerMessage(
        MigratorEventIds.RolledBack,
        LogLevel.Warning,
        "Run {RunId}: undone after {ElapsedMs:0} ms; every database is in its previous state"
    )]
    public static partial void RolledBack(ILogger logger, string runId, double elapsedMs);

    [LoggerMessage(
        MigratorEventIds.RollbackFailed,
        LogLevel.Critical,
        "Run {RunId}: the databases could not be restored; the backup is {BackupPath}"
    )]
    public static partial void RollbackFailed(ILogger logger, string runId, string? backupPath, Exception failure);

    [LoggerMessage(MigratorEventIds.CommitIncomplete, LogLevel.Warning, "Run {RunId}: {Warning}")]
    public static partial void CommitIncomplete(ILogger logger, string runId, string warning);

    [LoggerMessage(EventId = MigratorEventIds.Dropped, Message = "Run {RunId}: {Database} {Version}: {Note}")]
    public static partial void Dropped(
        ILogger logger,
        LogLevel level,
        string runId,
        string database,
        string version,
        string note
    );

    [LoggerMessage(
        MigratorEventIds.CommitUnknown,
        LogLevel.Critical,
        "Run {RunId}: the answer to the commit of {Database} was lost; the next start will know if it is committed"
    )]
    public static partial void CommitUnknown(ILogger logger, string runId, string database);

    [LoggerMessage(
        MigratorEventIds.AttemptNotRecorded,
        LogLevel.Warning,
        "Run {RunId}: the history of {Database} could not be told of the failed run, which does not change its outcome"
    )]
    public static partial void AttemptNotRecorded(ILogger logger, string runId, string database, Exception failure);

    [LoggerMessage(
        MigratorEventIds.Recovered,
        LogLevel.Warning,
        "Run {RunId}: the run {DeadRunId} was interrupted; restored {BackupId}, and kept the state it had left as {AsideId}"
    )]
    public static partial void Recovered(
        ILogger logger,
        string runId,
        string deadRunId,
        string? backupId,
        string? asideId
    );

    [LoggerMessage(
        MigratorEventIds.RecoveryEnded,
        LogLevel.Information,
        "Run {RunId}: ended the journal of an interrupted run ({Action})"
    )]
    public static partial void RecoveryEnded(ILogger logger, string runId, RecoveryAction action);

    [LoggerMessage(
        MigratorEventIds.ClearedOrphanedLock,
        LogLevel.Warning,
        "Run {RunId}: removed the lock that a killed EF migrator had left in {Database}"
    )]
    public static partial void ClearedOrphanedLock(ILogger logger, string runId, string database);

    [LoggerMessage(
        MigratorEventIds.Accepted,
        LogLevel.Warning,
        "Run {RunId}: accepted the edited migration {Version} in {Database}"
    )]
    public static partial void Accepted(ILogger logger, string runId, string database, string version);

    [LoggerMessage(
        MigratorEventIds.Adopted,
        LogLevel.Information,
        "Run {RunId}: adopted {Database} as {Version}, and ran no migration"
    )]
    public static partial void Adopted(ILogger logger, string runId, string database, string version);

    [LoggerMessage(MigratorEventIds.Relocated, LogLevel.Information, "Run {RunId}: moved {Database} to {Target}")]
    public static partial void Relocated(ILogger logger, string runId, string database, string target);

    [LoggerMessage(MigratorEventIds.ReportNotWritten, LogLevel.Warning, "Run {RunId}: the report could not be written")]
    public static partial void ReportNotWritten(ILogger logger, string runId, Exception failure);

    [LoggerMessage(MigratorEventIds.Rehearsed, LogLevel.Information, "Run {RunId}: rehearsed after {ElapsedMs:0} ms")]
    public static partial void Rehearsed(ILogger logger, string runId, double elapsedMs);

    [LoggerMessage(
        MigratorEventIds.RehearsedOnSample,
        LogLevel.Information,
        "Run {RunId}: rehearsed on {Rows} of about {TotalRows} rows"
    )]
    public static partial void RehearsedOnSample(ILogger logger, string runId, long rows, long totalRows);

    [LoggerMessage(
        MigratorEventIds.LocksEstimated,
        LogLevel.Information,
        "Run {RunId}: will hold its table locks for about {EstimateMs:0} ms, {MigrationsMs:0} ms of them for its migrations"
    )]
    public static partial void LocksEstimated(ILogger logger, string runId, double estimateMs, double migrationsMs);

    [LoggerMessage(
        MigratorEventIds.LocksReleased,
        LogLevel.Information,
        "Run {RunId}: held its table locks for {HeldMs:0} ms; estimated: {EstimateMs:0} ms"
    )]
    public static partial void LocksReleased(ILogger logger, string runId, double heldMs, double? estimateMs);

    [LoggerMessage(MigratorEventIds.NotRehearsed, LogLevel.Warning, "Run {RunId}: not rehearsed: {Reason}")]
    public static partial void NotRehearsed(ILogger logger, string runId, string reason);

    [LoggerMessage(
        MigratorEventIds.Refused,
        LogLevel.Warning,
        "Run {RunId}: refused, nothing was changed: {ErrorType}: {Reason}"
    )]
    public static partial void Refused(ILogger logger, string runId, string errorType, string reason);

    [LoggerMessage(
        MigratorEventIds.EverythingChecked,
        LogLevel.Information,
        "Run {RunId}: all of {Database} is checked, because any table may have been touched: {Reason}"
    )]
    public static partial void EverythingChecked(ILogger logger, string runId, string database, string reason);

    [LoggerMessage(
        MigratorEventIds.Validated,
        LogLevel.Information,
        "Run {RunId}: {Database} passed {Checks} check(s) with {Warnings} warning(s) in {ElapsedMs:0} ms"
    )]
    public static partial void Validated(
        ILogger logger,
        string runId,
        string database,
        int checks,
        int warnings,
        double elapsedMs
    );

    [LoggerMessage(
        MigratorEventIds.ValidationFailed,
        LogLevel.Error,
        "Run {RunId}: {Database} has {Errors} new error(s) after its migrations"
    )]
    public static partial void ValidationFailed(ILogger logger, string runId, string database, long errors);

    [LoggerMessage(
        MigratorEventIds.Ended,
        LogLevel.Warning,
        "Run {RunId}: ended early in {Phase}: {ErrorType}: {Reason}"
    )]
    public static partial void Ended(
        ILogger logger,
        string runId,
        MigrationPhase phase,
        string errorType,
        string reason
    );

    [LoggerMessage(
        MigratorEventIds.WatcherFailed,
        LogLevel.Warning,
        "A progress handler or monitor threw {ErrorType}; the run continues"
    )]
    public static partial void WatcherFailed(ILogger logger, string errorType, Exception failure);

    [LoggerMessage(
        MigratorEventIds.WaitingForOther,
        LogLevel.Information,
        "Startup waits up to {TimeoutMs:0} ms for another process to migrate"
    )]
    public static partial void WaitingForOther(ILogger logger, double timeoutMs);

    [LoggerMessage(
        MigratorEventIds.NotTidied,
        LogLevel.Warning,
        "Run {RunId}: {Path} could not be removed or released, which does not change the outcome of the run: {Reason}"
    )]
    public static partial void NotTidied(ILogger logger, string runId, string path, string reason, Exception failure);
}
