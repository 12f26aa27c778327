using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>One run: its name, its clock, what it was asked for and what it has done so far.</summary>
internal sealed class MigrationRun(
    RunActivity activity,
    MigratorServices services,
    IProgress<MigrationProgress>? progress
)
{
    private readonly long _begun = services.Time.GetTimestamp();
    private int _stepsDone;
    private readonly ConcurrentDictionary<string, List<AppliedMigration>> _migrations = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Database, ValidationWarning Warning)> _warnings = [];

    // Random enough for a name, and takes neither a library of cryptography nor a formatting that is compiled at each start.
    public string Id { get; } = Random.Shared.NextInt64(1L << 48).ToString("x12", CultureInfo.InvariantCulture);

    public RunActivity Activity { get; } = activity;

    public MigratorServices Services => services;

    public MigrationSet Set => services.Set;

    public MigrationOptions Options => services.Options;

    public TimeProvider Time => services.Time;

    public ILogger Logger => services.Logger;

    public RunJournal Journal => services.Journal;

    public BackupStore Backups => services.Backups;

    /// <summary>What was found and done about a run that had died.</summary>
    public Recovery Recovery { get; set; } = Recovery.None;

    /// <summary>How far a person wants to migrate, in their words; <see langword="null"/> for whatever is pending.</summary>
    public string? UpTo { get; init; }

    public TimeSpan Elapsed => Time.GetElapsedTime(_begun);

    /// <summary>The activities and measurements; silent where the run is on copies and a part of another one.</summary>
    public RunTrace Trace { get; set; } = RunTrace.Silent;

    public string? BackupId { get; set; }

    /// <summary>What the rehearsal showed.</summary>
    public RehearsalReport? Rehearsal { get; set; }

    /// <summary>What was found in the migrations that are going to run, with what they may take.</summary>
    public IReadOnlyList<PlannedDatabase> Planned { get; set; } = [];

    /// <summary>The consent to lose data that was given for single migrations.</summary>
    /// <exception cref="InvalidVersionException">One is for a migration that the program does not have.</exception>
    public DestructiveConsents Consents => field ??= DestructiveConsents.Of(Set, Options);

    /// <summary>What became of the rows that were there before the run; empty where nobody counts them.</summary>
    public IReadOnlyDictionary<IDatabaseStorage, RowLedger> Ledgers { get; set; } =
        new Dictionary<IDatabaseStorage, RowLedger>();

    /// <summary>What the checks after the last migration found.</summary>
    public IReadOnlyList<ValidationReport> Reports { get; set; } = [];

    /// <summary>The backup sets that this run has removed, because there were more than are kept.</summary>
    public List<string> Pruned { get; } = [];

    /// <summary>By the name of each database, how its schema differed before the run from what its applied migrations make.</summary>
    public ILookup<string, SchemaDifference> DifferencesBefore { get; set; } =
        Array.Empty<SchemaDifference>().ToLookup(_ => "");

    /// <summary>The set that this run restores, which retention must not take from under it.</summary>
    public string? NeededBackupId { get; set; }

    /// <summary>A name for a backup set that sorts by time.</summary>
    public string NewBackupId() =>
        string.Create(CultureInfo.InvariantCulture, $"{Time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}_{Id}");

    /// <summary>Tells of what stays behind. Whatever only tidies up fails no run, and hides no failure.</summary>
    public void CouldNotTidy(string path, Exception failure) =>
        Log.NotTidied(Logger, Id, path, failure.Message, failure);

    /// <summary>Who is told of what a run does before it is one: what ends well before it asks for the lock is neither traced nor measured.</summary>
    public IProgress<MigrationProgress>? Watcher => progress;

    /// <summary>The phase that the run has come to on its way forward.</summary>
    public MigrationPhase Phase { get; private set; }

    /// <summary>How many migrations the run has, over all databases; 0 until it is known.</summary>
    public int StepCount { get; set; }

    /// <summary>Called from several threads where databases are migrated at once.</summary>
    public void CountStep() => Interlocked.Increment(ref _stepsDone);

    public void Report(MigrationProgress step)
    {
        if (step.Phase != MigrationPhase.RollBack)
        {
            Phase = step.Phase;
        }
        Trace.Enter(step.Phase);
        progress?.Report(step.Phase == MigrationPhase.Apply ? WithSteps(step) : step);
    }

    /// <summary>Writes a line of the journal, and lets whoever watches see both sides of it.</summary>
    public void Write(JournalEvent what)
    {
        Report(new MigrationProgress(MigrationPhase.Record));
        Journal.Append(NewEntry(what));
        Report(new MigrationProgress(MigrationPhase.Record));
    }

    public void AddApplied(string database, MigrationStep step) =>
        Add(database, step.Version, (step.Kind, step.Duration, null));

    public void AddFailed(string database, string version, MigrationStepException step) =>
        Add(database, version, (step.Kind, step.Duration, step.Message));

    /// <summary>Notes for the report what a migration could not keep. Called from several threads.</summary>
    public void Warn(string database, ValidationWarning warning) => _warnings.Enqueue((database, warning));

    public IEnumerable<ValidationWarning> WarningsOf(string database) =>
        _warnings.Where(noted => noted.Database == database).Select(noted => noted.Warning);

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
            PrunedBackups = [.. Pruned],
        };

    public JournalEntry NewEntry(JournalEvent what) => new(what, Id, Time.GetUtcNow());

    public MigrationRecord NewRestored(string database, string backupId) =>
        NewRecord(
            MigrationEvent.Restored,
            database,
            version: null,
            Elapsed,
            $"The backup '{backupId}' was restored. What it replaced is kept as the backup '{BackupId}'."
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

    private MigrationProgress WithSteps(MigrationProgress step) =>
        step with
        {
            SetCompleted = Volatile.Read(ref _stepsDone),
            SetTotal = StepCount,
        };

    private void Add(string database, string version, (MigrationKind Kind, TimeSpan Duration, string? Error) result)
    {
        var list = _migrations.GetOrAdd(database, _ => []);
        lock (list)
        {
            list.Add(
                new AppliedMigration(
                    version,
                    KnownMigration.NameOf(version),
                    result.Kind,
                    result.Duration,
                    Success: result.Error is null,
                    result.Error
                )
            );
        }
    }

    private IReadOnlyList<AppliedMigration> MigrationsOf(string database) =>
        _migrations.TryGetValue(database, out var list) ? [.. list] : [];
}
