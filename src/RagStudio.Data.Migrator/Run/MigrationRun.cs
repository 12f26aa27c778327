using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>A run: its id, its clock, its request and its results so far.</summary>
internal sealed class MigrationRun(
    RunActivity activity,
    MigratorServices services,
    IProgress<MigrationProgress>? progress
)
{
    private readonly long _begun = services.Time.GetTimestamp();
    private int _stepsDone;
    private readonly ConcurrentQueue<(string Database, AppliedMigration Migration)> _migrations = [];
    private readonly ConcurrentQueue<(string Database, ValidationWarning Warning)> _warnings = [];

    // Random enough for a name, without loading a cryptography library or JIT-compiling a formatter at each start.
    public string Id { get; } = Random.Shared.NextInt64(1L << 48).ToString("x12", CultureInfo.InvariantCulture);

    public RunActivity Activity { get; } = activity;

    public MigratorServices Services => services;

    public MigrationSet Set => services.Set;

    public MigrationOptions Options => services.Options;

    public TimeProvider Time => services.Time;

    public ILogger Logger => services.Logger;

    public RunJournal Journal => services.Journal;

    public BackupStore Backups => services.Backups;

    /// <summary>The recovery from a killed run.</summary>
    public Recovery Recovery { get; set; } = Recovery.None;

    /// <summary>
    /// The version to migrate up to, as the user gave it; <see langword="null"/> for everything pending.
    /// </summary>
    public string? UpTo { get; init; }

    public TimeSpan Elapsed => Time.GetElapsedTime(_begun);

    /// <summary>The activities and measurements; silent if the run is on copies and part of another one.</summary>
    public RunTrace Trace { get; set; } = RunTrace.Silent;

    public string? BackupId { get; set; }

    /// <summary>The result of the rehearsal.</summary>
    public RehearsalReport? Rehearsal { get; set; }

    /// <summary>Why there was no rehearsal although one was demanded.</summary>
    public string? NotRehearsed { get; set; }

    /// <summary>For how long it is expected to hold its table locks.</summary>
    public LockEstimate? LockEstimate { get; set; }

    /// <summary>For how long it has held them.</summary>
    public TimeSpan? LocksHeld { get; set; }

    /// <summary>The findings in the migrations that are going to run, with the rows that they may remove.</summary>
    public IReadOnlyList<PlannedDatabase> Planned { get; set; } = [];

    /// <summary>The consent to data loss in single migrations.</summary>
    /// <exception cref="InvalidVersionException">
    /// A consent names a migration that the program does not have.
    /// </exception>
    public DestructiveConsents Consents => field ??= DestructiveConsents.Parse(Set, Options);

    /// <summary>The fate of the rows that existed before the run; empty if they are not counted.</summary>
    public IReadOnlyDictionary<IDatabaseStorage, RowLedger> Ledgers { get; set; } =
        new Dictionary<IDatabaseStorage, RowLedger>();

    /// <summary>
    /// True if the checks after the migrations are limited to what the run has touched. Nothing is checked before it
    /// then: its backup tells what was found earlier, if anything is found.
    /// </summary>
    public bool ChecksTouched { get; set; }

    /// <summary>The findings of the checks after the last migration.</summary>
    public IReadOnlyList<ValidationReport> Reports { get; set; } = [];

    /// <summary>What may still become of its commits.</summary>
    public List<string> CommitWarnings { get; } = [];

    /// <summary>What the rollback has found out about the storages.</summary>
    public HashSet<string> RollBackWarnings { get; } = new(StringComparer.Ordinal);

    /// <summary>What the committed migrations have dropped and brought back.</summary>
    public IReadOnlyList<DroppedData> DroppedData { get; set; } = [];

    /// <summary>The backup sets that this run has removed under the retention limits.</summary>
    public List<string> Pruned { get; } = [];

    /// <summary>
    /// By database name, the differences before the run between its schema and what its applied migrations
    /// create.
    /// </summary>
    public ILookup<string, SchemaDifference> DifferencesBefore { get; set; } =
        Array.Empty<SchemaDifference>().ToLookup(_ => "");

    /// <summary>
    /// The schemas before and after the run that have not been compared with what the applied migrations create.
    /// </summary>
    public IReadOnlyList<(UncomparedSchema Before, UncomparedSchema After)> Uncompared { get; set; } = [];

    /// <summary>True if it runs on copies, as part of a run that has locked the databases.</summary>
    public bool IsPartOfRun { get; init; }

    /// <summary>Where the storages keep what this run has replaced.</summary>
    public List<string> Replaced { get; } = [];

    /// <summary>The tables that this run moves to another storage, each compared there.</summary>
    public IReadOnlySet<string> RelocatedTables { get; set; } = new HashSet<string>();

    /// <summary>True if a restore leaves databases as they are, because the set has no copy of them.</summary>
    public bool LeavesDatabases { get; set; }

    /// <summary>The set that this run restores, which retention must not remove.</summary>
    public string? NeededBackupId { get; set; }

    /// <summary>Creates a name for a backup set that sorts by time.</summary>
    public string NewBackupId() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}_{Id}");

    /// <summary>Logs a file that remains. A failed cleanup neither fails a run nor hides a failure.</summary>
    public void CouldNotTidy(string path, Exception failure) =>
        Log.NotTidied(Logger, Id, path, failure.Message, failure);

    /// <summary>
    /// Receives the progress of steps before the run proper: an operation that ends before it acquires the lock
    /// is neither traced nor measured.
    /// </summary>
    public IProgress<MigrationProgress>? Watcher => progress;

    /// <summary>The latest phase that the run has reached, not counting an undo.</summary>
    public MigrationPhase Phase { get; private set; }

    /// <summary>The number of migrations in the run, over all databases; 0 until it is known.</summary>
    public int StepCount { get; set; }

    /// <summary>Called from several threads if databases are migrated in parallel.</summary>
    public void CountStep() => Interlocked.Increment(ref _stepsDone);

    public void Report(MigrationProgress step)
    {
        if (step.Phase != MigrationPhase.RollBack)
        {
            Phase = step.Phase;
        }
        Trace.Enter(step.Phase);
        progress?.Report(
            step.Phase == MigrationPhase.Apply
                ? step with
                {
                    SetCompleted = Volatile.Read(ref _stepsDone),
                    SetTotal = StepCount,
                }
                : step
        );
    }

    /// <summary>Forgets the steps of an attempt that was rolled back: the result tells only what is kept.</summary>
    public void ForgetSteps()
    {
        _migrations.Clear();
        _warnings.Clear();
        Interlocked.Exchange(ref _stepsDone, 0);
        Reports = [];
        Uncompared = [];
        Replaced.Clear();
        Trace.ForgetMigrations();
    }

    public void AddApplied(string database, MigrationStep step) =>
        Add(database, step.Version, step.Kind, step.Duration, error: null);

    public void AddFailed(string database, string version, MigrationStepException step) =>
        Add(database, version, step.Kind, step.Duration, step.Message);

    /// <summary>
    /// Adds a warning to the report about something that a migration lost. Called from several threads.
    /// </summary>
    public void Warn(string database, ValidationWarning warning) => _warnings.Enqueue((database, warning));

    public IEnumerable<ValidationWarning> WarningsOf(string database) =>
        _warnings.Where(noted => noted.Database == database).Select(noted => noted.Warning);

    /// <summary>Reports the bytes copied so far as a step.</summary>
    public IProgress<(long Copied, long Total)> CopyProgress(MigrationProgress step) =>
        new DirectProgress<(long Copied, long Total)>(at =>
            Report(step with { Completed = at.Copied, Total = at.Total, Unit = ProgressUnit.Bytes })
        );

    public MigrationSummary Summarize(string? error = null) =>
        new(
            Id,
            Success: error is null,
            BackupId,
            [.. Set.Databases.Select(database => new DatabaseMigrations(database.Name, MigrationsOf(database.Name)))],
            Elapsed,
            error,
            Reports
        )
        {
            Rehearsal = Rehearsal,
            NotRehearsed = NotRehearsed,
            LockEstimate = LockEstimate,
            LocksHeld = LocksHeld,
            CommitWarnings = [.. CommitWarnings],
            PrunedBackups = [.. Pruned],
            DroppedData = DroppedData,
        };

    public JournalEntry NewEntry(JournalEvent what) => new(what, Id, Time.GetUtcNow());

    /// <param name="database">The database.</param>
    /// <param name="replaced">Where its storage keeps what was replaced; <see langword="null"/> for a backup set.</param>
    /// <param name="backupId">The set that was restored.</param>
    public MigrationRecord NewRestored(IMigrationDatabase database, string? replaced, string backupId) =>
        NewRecord(
            MigrationEvent.Restored,
            database.Name,
            version: null,
            Elapsed,
            $"The backup '{backupId}' was restored. What it replaced is kept as {replaced ?? $"the backup '{BackupId}'"}."
        );

    public MigrationRecord NewRecord(
        MigrationEvent what,
        string database,
        string? version,
        TimeSpan duration,
        string? detail
    ) =>
        new(
            Id: 0,
            what,
            database,
            version,
            version is null ? null : KnownMigration.NameOf(version),
            Kind: null,
            Time.GetUtcNow(),
            duration,
            Checksum: null,
            RollbackSql: null,
            ProgramVersion.Program,
            ProgramVersion.EFCore,
            Id,
            detail
        );

    private void Add(string database, string version, MigrationKind kind, TimeSpan duration, string? error)
    {
        var name = KnownMigration.NameOf(version);
        _migrations.Enqueue((database, new AppliedMigration(version, name, kind, duration, error is null, error)));
    }

    private IReadOnlyList<AppliedMigration> MigrationsOf(string database) =>
        [.. _migrations.Where(done => done.Database == database).Select(done => done.Migration)];
}
