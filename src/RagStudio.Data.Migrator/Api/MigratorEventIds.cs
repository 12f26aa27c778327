namespace RagStudio.Data.Migrator;

/// <summary>
/// The ids of the log events, a block of 100 for each phase of a run, and 1800 for events outside the phases. They do
/// not change between versions.
/// </summary>
public static class MigratorEventIds
{
    /// <summary>The set is locked.</summary>
    public const int Locked = 1000;

    /// <summary>A killed run was undone.</summary>
    public const int Recovered = 1100;

    /// <summary>A killed run had nothing to undo; its journal was removed.</summary>
    public const int RecoveryEnded = 1101;

    /// <summary>The migrations to apply to a database are decided.</summary>
    public const int Planned = 1200;

    /// <summary>A database has applied migrations that the program does not have.</summary>
    public const int UnknownMigrations = 1201;

    /// <summary>The migrations succeeded on copies of the databases.</summary>
    public const int Rehearsed = 1202;

    /// <summary>A run was refused before any change.</summary>
    public const int Refused = 1203;

    /// <summary>The migrations were rehearsed on a part of the rows only.</summary>
    public const int RehearsedOnSample = 1204;

    /// <summary>A run goes on without the rehearsal that its options demand.</summary>
    public const int NotRehearsed = 1205;

    /// <summary>The set is backed up.</summary>
    public const int BackedUp = 1300;

    /// <summary>An old backup set was removed.</summary>
    public const int BackupPruned = 1301;

    /// <summary>An old backup set could not be removed.</summary>
    public const int BackupNotPruned = 1302;

    /// <summary>A backup set's manifest cannot be read.</summary>
    public const int ManifestUnreadable = 1303;

    /// <summary>
    /// The file system of the backups does not flush folders: after a power failure a new set may be missing.
    /// </summary>
    public const int FoldersNotFlushed = 1304;

    /// <summary>An old backup set was compressed.</summary>
    public const int BackupCompressed = 1305;

    /// <summary>A migration begins.</summary>
    public const int Applying = 1400;

    /// <summary>The lock that a killed EF migrator had left was removed.</summary>
    public const int ClearedOrphanedLock = 1402;

    /// <summary>A migration is committed or, if a run is one transaction, finished as a part of it.</summary>
    public const int Applied = 1401;

    /// <summary>
    /// The compiled migrations of a database cannot be used, for the logged reason; EF generates the commands.
    /// </summary>
    public const int CompiledNotUsed = 1403;

    /// <summary>A migration could not be prepared before the run locks anything; it is tried again at its turn.</summary>
    public const int NotPrepared = 1408;

    /// <summary>An index or a trigger unknown to EF was recreated after EF had copied its table.</summary>
    public const int CreatedAgain = 1404;

    /// <summary>
    /// An index or a trigger unknown to EF was lost, because it does not fit its table after EF copied it.
    /// </summary>
    public const int NotCreatedAgain = 1405;

    /// <summary>Others hold what a run needs: what it had done was rolled back, and it will try again.</summary>
    public const int Contended = 1406;

    /// <summary>For how long a run is expected to hold its table locks, before it acquires them.</summary>
    public const int LocksEstimated = 1407;

    /// <summary>A database passed its checks after a run.</summary>
    public const int Validated = 1500;

    /// <summary>A database failed its checks after a run, which is being undone.</summary>
    public const int ValidationFailed = 1501;

    /// <summary>Everything is checked after a run, because it is not known which tables it has touched.</summary>
    public const int EverythingChecked = 1502;

    /// <summary>A run is completed.</summary>
    public const int Completed = 1600;

    /// <summary>The report of a run could not be written.</summary>
    public const int ReportNotWritten = 1601;

    /// <summary>An edited migration was accepted.</summary>
    public const int Accepted = 1602;

    /// <summary>A run is committed, but no synchronous standby has confirmed it: a failover could lose it.</summary>
    public const int CommitIncomplete = 1603;

    /// <summary>
    /// What has become of data that a committed migration dropped, or that came back. A warning if it is lost, or did not
    /// come back.
    /// </summary>
    public const int Dropped = 1604;

    /// <summary>A run has released its table locks with its commit: for how long it held them, and the estimate.</summary>
    public const int LocksReleased = 1605;

    /// <summary>A database was adopted: its version is recorded, and no migration was run.</summary>
    public const int Adopted = 1606;

    /// <summary>A database was moved to another storage.</summary>
    public const int Relocated = 1607;

    /// <summary>A run failed; the set is being restored.</summary>
    public const int RollingBack = 1700;

    /// <summary>The set was restored.</summary>
    public const int RolledBack = 1701;

    /// <summary>The set could not be restored.</summary>
    public const int RollbackFailed = 1702;

    /// <summary>The answer to a commit was lost, and the server could not be asked again.</summary>
    public const int CommitUnknown = 1703;

    /// <summary>A failed run was rolled back, but could not be written into the history.</summary>
    public const int AttemptNotRecorded = 1704;

    /// <summary>A run ended early: nothing had been changed, or what an earlier run left could not be undone.</summary>
    public const int Ended = 1800;

    /// <summary>A registered progress or an observer threw an exception, which does not affect the run.</summary>
    public const int WatcherFailed = 1801;

    /// <summary>A start waits for another process that migrates.</summary>
    public const int WaitingForOther = 1802;

    /// <summary>A file could not be removed or released, which does not change the result of the run.</summary>
    public const int NotTidied = 1803;
}
