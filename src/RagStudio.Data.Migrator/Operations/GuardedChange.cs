using RagStudio.Data.Migrator.BackUp;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;
using RagStudio.Data.Migrator.Undo;
using RagStudio.Data.Migrator.Validate;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Changes every database of the set or none of them: backed up and journaled before, or in one transaction;
/// validated before it is kept; undone on failure.
/// </summary>
internal sealed class GuardedChange
{
    private readonly LockedSet _locked;
    private readonly MigrationRun _run;
    private readonly BackupSet? _backup;
    private readonly IReadOnlyList<DatabasePlan> _steps;
    private readonly RunValidator _validator;
    private readonly RunBaseline _baseline;
    private readonly RunAttempts _attempts;

    private GuardedChange(
        LockedSet locked,
        BackupSet? backup,
        IReadOnlyList<DatabasePlan> steps,
        RunValidator validator,
        RunBaseline baseline
    ) =>
        (_locked, _run, _backup, _steps, _validator, _baseline, _attempts) = (
            locked,
            locked.Run,
            backup,
            steps,
            validator,
            baseline,
            new RunAttempts(locked)
        );

    /// <summary>
    /// Backs up the set, measures its state, and begins the journal. Nothing has been changed when it returns
    /// or throws.
    /// </summary>
    /// <param name="locked">The set.</param>
    /// <param name="reason">The reason for the backup.</param>
    /// <param name="steps">The planned steps, for the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<GuardedChange> PrepareAsync(
        LockedSet locked,
        BackupReason reason,
        IReadOnlyList<DatabasePlan> steps,
        CancellationToken cancellationToken
    )
    {
        var run = locked.Run;
        var before = await BackUpAsync(locked, reason, cancellationToken).ConfigureAwait(false);
        var validator = new RunValidator(locked);
        var baseline = await validator.MeasureAsync(before, cancellationToken).ConfigureAwait(false);
        run.DifferencesBefore = SchemaDifferences.Collect(baseline.Check);
        run.StepCount = steps.Sum(step => step.Versions.Count);
        BeginJournal(locked, before.Set, steps);
        var change = new GuardedChange(locked, before.Set, steps, validator, baseline);
        change.Forget();
        return change;
    }

    /// <summary>
    /// Makes changes of which <see cref="BeginAsync"/> is the first. If others hold what a transaction needs, all of
    /// them are rolled back and made again.
    /// </summary>
    public Task AttemptAsync(Func<Task> changes, CancellationToken cancellationToken) =>
        _attempts.RunAsync(changes, Forget, cancellationToken);

    /// <summary>
    /// Begins the unit of work that is kept or undone as a whole. A backup and a journal do that without a
    /// transaction: a flush for each migration would then preserve nothing, because after a power failure the
    /// journal has the set restored, unless its line says that everything is validated.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        _run.Report(new MigrationProgress(MigrationPhase.Apply));
        if (_locked.CanUndo && _run.Options.RollbackOnFailure)
        {
            foreach (var (storage, session) in _locked.All)
            {
                await session.BeginAsync(StepsIn(storage), _attempts.TimeLeft, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <exception cref="FailedValidationException">The run caused damage.</exception>
    public async Task ValidateAsync(CancellationToken cancellationToken)
    {
        _run.Reports = await _validator.ValidateAsync(_baseline, _steps, cancellationToken).ConfigureAwait(false);
        foreach (var report in _run.Reports)
        {
            Log.Validated(
                _run.Logger,
                _run.Id,
                report.Database,
                report.ChecksPerformed,
                report.Warnings.Count,
                report.Duration.TotalMilliseconds
            );
        }
    }

    /// <summary>Commits the run's changes, and flushes them to disk. It takes no token.</summary>
    public async Task CommitAsync()
    {
        await StampWriter.WriteAsync(_locked).ConfigureAwait(false);
        if (_locked.Undo == UndoMethod.Transaction)
        {
            foreach (var (_, session) in _locked.All.Skip(1))
            {
                await session.PrepareCommitAsync(_locked.All[0].Storage).ConfigureAwait(false);
            }
        }
        foreach (var (_, session) in _locked.All)
        {
            await session.CommitAsync().ConfigureAwait(false);
        }
    }

    /// <returns>The error for the caller: what failed, and the present state of the data.</returns>
    public Task<Exception> UndoAsync(Exception failure, CancellationToken cancellationToken) =>
        new RunUndo(_locked).UndoAsync(_backup, failure, cancellationToken);

    /// <summary>
    /// Ends the journal and keeps the report. Everything is new and validated: nothing is undone from here
    /// on, because a start after a kill could mistake a half-restored set for one that only lacks its end.
    /// </summary>
    public async Task<MigrationSummary> RecordAsync()
    {
        _run.Report(new MigrationProgress(MigrationPhase.Record));
        if (_locked.HasJournal)
        {
            EndJournal();
        }
        CrashPoints.Pass("JournalEnded");
        await new BackupPruner(_locked).TryPruneAsync(CancellationToken.None).ConfigureAwait(false);
        var summary = _run.Summarize();
        await RunReport.WriteAsync(_run.Backups, summary, _run.Logger).ConfigureAwait(false);
        await FinishAsync().ConfigureAwait(false);
        Log.Completed(
            _run.Logger,
            _run.Id,
            summary.Databases.Sum(database => database.Migrations.Count),
            _run.Elapsed.TotalMilliseconds
        );
        return summary;
    }

    /// <summary>Does what no transaction could contain. Everything else is kept, whatever happens here.</summary>
    private async Task FinishAsync()
    {
        try
        {
            foreach (var (_, session) in _locked.All)
            {
                await session.FinishAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            throw RunFailure.WithSummary(
                _run,
                new RunFailedException(_run.Activity, MigrationPhase.Record, DataState.NeedsAttention, failure)
            );
        }
    }

    /// <summary>Forgets what an attempt that was rolled back has done.</summary>
    private void Forget()
    {
        _run.ForgetSteps();
        _run.Ledgers = _baseline.Rows.ToDictionary(rows => rows.Key, rows => new RowLedger(rows.Value));
    }

    private IReadOnlyList<PlannedSteps> StepsIn(IDatabaseStorage storage) =>
        [
            .. from step in _steps
            where step.Database.Storage.Equals(storage)
            select new PlannedSteps(step.Database, step.Versions, step.IsReverting),
        ];

    private static async Task<CreatedBackup> BackUpAsync(
        LockedSet locked,
        BackupReason reason,
        CancellationToken cancellationToken
    )
    {
        var run = locked.Run;
        // The state just recovered equals its backup, which already exists: a restart loop does not accumulate sets.
        var restored = run.Recovery.Restored is { } set && run.Backups.Match.Covers(set) ? set : null;
        if (BacksUp(locked, reason) && restored is null)
        {
            var created = await new BackupCreator(locked).CreateAsync(reason, cancellationToken).ConfigureAwait(false);
            run.BackupId = created.Set?.Id;
            return created;
        }
        run.BackupId = restored?.Id;
        var limits = new WorkLimits(run.Options.BackupTimeout, cancellationToken);
        var checks = await locked.CheckAsync(limits).ConfigureAwait(false);
        if (reason != BackupReason.BeforeRestore)
        {
            ThrowIfDamaged(checks);
        }
        return new CreatedBackup(restored, checks);
    }

    /// <summary>
    /// A transaction can be undone without a backup, but data that the user replaces is always backed up.
    /// </summary>
    private static bool BacksUp(LockedSet locked, BackupReason reason) =>
        locked.Run.Options.BackupBeforeMigration
        && (locked.Undo == UndoMethod.Restore || reason == BackupReason.BeforeRestore);

    /// <summary>Structural damage from before the run is reported as such, and not attributed to the run.</summary>
    private static void ThrowIfDamaged(IReadOnlyDictionary<IDatabaseStorage, StorageCheck> checks)
    {
        foreach (var (storage, check) in checks.Where(pair => pair.Value.IsDamaged))
        {
            throw new DatabaseAccessException(
                MigrationPhase.BackUp,
                storage.DisplayName,
                DatabaseProblem.Corrupt,
                check.Damage
            );
        }
    }

    private static void BeginJournal(LockedSet locked, BackupSet? backup, IReadOnlyList<DatabasePlan> steps)
    {
        if (!locked.HasJournal)
        {
            return;
        }
        var run = locked.Run;
        var databases = steps.Select(step => new JournalDatabase(
            step.Database.Name,
            step.Database.Storage.Key,
            step.Versions
        ));
        var begun = new JournalBegun(
            run.Activity,
            backup?.Id,
            run.Backups.Folder,
            ProgramVersion.Program,
            [.. databases]
        );
        run.Report(new MigrationProgress(MigrationPhase.Apply));
        try
        {
            run.Journal.Begin(run, run.NewEntry(JournalEvent.Begun) with { Begun = begun });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(run.Activity, run.Phase, DataState.Unchanged, failure);
        }
        CrashPoints.Pass("JournalBegun");
    }

    private void EndJournal()
    {
        var isSaid = TryWriteValidated();
        try
        {
            _run.Journal.End(_run, JournalEvent.Completed, isSaid);
        }
        catch (IOException failure)
        {
            // All is done, but not permanently: the next start would undo it.
            throw RunFailure.WithSummary(
                _run,
                new RunFailedException(_run.Activity, MigrationPhase.Record, DataState.NeedsAttention, failure)
            );
        }
    }

    /// <returns>True if the next start will find the line.</returns>
    private bool TryWriteValidated()
    {
        try
        {
            _run.Journal.Append(_run.NewEntry(JournalEvent.Validated));
            CrashPoints.Pass("JournalValidated");
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk accepts no line. The end of the journal follows and says more; if the process is
            // killed before it, the set is restored.
            return false;
        }
    }
}
