using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator.Apply;
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
internal sealed class GuardedChange(LockedSet locked, BackupReason reason, IReadOnlyList<DatabasePlan> steps)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly RunValidator _validator = new(locked);
    private readonly RunAttempts _attempts = new(locked);
    private CreatedCopies? _copies;

    public async Task<MigrationSummary> RunAsync(Func<Task> changeAsync, CancellationToken cancellationToken)
    {
        var (backup, baseline) = await PrepareAsync(cancellationToken).ConfigureAwait(false);
        Forget(baseline);
        // Nothing has been changed before this line. Any failure below is undone as a whole: by this
        // process or, if it is killed, by the next start.
        try
        {
            await _attempts
                .RunAsync(
                    async () =>
                    {
                        await BeginAsync(cancellationToken).ConfigureAwait(false);
                        await changeAsync().ConfigureAwait(false);
                        await ValidateAsync(baseline, cancellationToken).ConfigureAwait(false);
                    },
                    () => Forget(baseline),
                    () => PrepareAgainAsync(cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await CommitAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var undo = new RunUndo(
                locked,
                () => new EarlierDrift(_run).ExplainAsync(baseline.Check, cancellationToken)
            );
            throw await undo.UndoAsync(backup, failure, cancellationToken).ConfigureAwait(false);
        }
        return await RecordAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Backs up the set, measures its state, and begins the journal. Nothing has been changed when it returns
    /// or throws.
    /// </summary>
    private async Task<(BackupSet? Backup, RunBaseline Baseline)> PrepareAsync(CancellationToken cancellationToken)
    {
        _run.ChecksTouched = await ChecksTouchedAsync(cancellationToken).ConfigureAwait(false);
        var before = await BackUpAsync(cancellationToken).ConfigureAwait(false);
        var measuring = _run.Time.GetTimestamp();
        var baseline = await _validator.MeasureAsync(before, cancellationToken).ConfigureAwait(false);
        EstimateLocks(checks: _run.Time.GetElapsedTime(measuring));
        _run.DifferencesBefore = SchemaDifferences.Collect(baseline.Check);
        await _validator.ExpectAsync(baseline, steps, cancellationToken).ConfigureAwait(false);
        new MigrationApplier(locked).Prepare(steps);
        _run.StepCount = steps.Sum(step => step.Versions.Count);
        BeginJournal(before.Set);
        return (before.Set, baseline);
    }

    /// <summary>
    /// Determines if the checks can be limited to the tables that the run touches: the session tells which, and the
    /// backup tells what they were like before. A small database is checked as a whole, which costs nothing.
    /// </summary>
    private async Task<bool> ChecksTouchedAsync(CancellationToken cancellationToken)
    {
        if (
            _run.Activity is not (RunActivity.Migrate or RunActivity.Rollback)
            || _run.Options
                is not { ValidateAfterMigration: true, BackupBeforeMigration: true, RollbackOnFailure: true }
            || _run.Options.CheckDepth == CheckDepth.Full
            || !locked.All.All(one => one.Session.ObservesTables)
        )
        {
            return false;
        }
        var bytes = 0L;
        foreach (var (storage, _) in locked.All)
        {
            bytes += await storage.ReadSizeAsync(cancellationToken).ConfigureAwait(false);
        }
        return bytes > _run.Options.CheckEverythingUpTo;
    }

    /// <summary>The checks after the migrations are those that were just made.</summary>
    private void EstimateLocks(TimeSpan checks)
    {
        if (_run.Rehearsal?.LockEstimate is { } rehearsed)
        {
            var estimate = rehearsed with { Checks = checks };
            _run.LockEstimate = estimate;
            Log.LocksEstimated(
                _run.Logger,
                _run.Id,
                estimate.Total.TotalMilliseconds,
                estimate.Migrations.TotalMilliseconds
            );
        }
    }

    /// <summary>
    /// Begins the unit of work that is kept or undone as a whole. A backup and a journal do that without a
    /// transaction: a flush for each migration would then preserve nothing, because after a power failure the
    /// journal has the set restored, unless its line says that everything is validated.
    /// </summary>
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _run.Report(new MigrationProgress(MigrationPhase.Apply));
        if (locked.CanUndo && _run.Options.RollbackOnFailure)
        {
            foreach (var (storage, session) in locked.All)
            {
                await session.BeginAsync(StepsIn(storage), _attempts.TimeLeft, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the storages prepare for what they have learned from an attempt.</summary>
    private async Task PrepareAgainAsync(CancellationToken cancellationToken)
    {
        foreach (var (storage, session) in locked.All)
        {
            try
            {
                await session.PrepareAgainAsync(BackUpOnceAsync, cancellationToken).ConfigureAwait(false);
            }
            catch (RefusedStepException refused)
            {
                var database = steps.First(step =>
                    step.Database.Storage.Equals(storage) && step.Versions.Contains(refused.Version)
                );
                throw new FailedStepException(
                    database.Database.Name,
                    new MigrationStepException(refused.Version, MigrationKind.Schema, null, TimeSpan.Zero, refused)
                );
            }
        }
    }

    private async Task<CreatedCopies> BackUpOnceAsync(CancellationToken cancellationToken)
    {
        if (_copies is null)
        {
            var created = await new BackupCreator(locked).CreateAsync(reason, cancellationToken).ConfigureAwait(false);
            _run.BackupId = created.Set!.Id;
            _copies = new CreatedCopies(created.Set, _run.Backups.PathOf(created.Set.Id));
        }
        return _copies;
    }

    /// <exception cref="FailedValidationException">The run caused damage.</exception>
    private async Task ValidateAsync(RunBaseline baseline, CancellationToken cancellationToken)
    {
        _run.Reports = await _validator.ValidateAsync(baseline, steps, cancellationToken).ConfigureAwait(false);
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
    private async Task CommitAsync()
    {
        await StampWriter.WriteAsync(locked).ConfigureAwait(false);
        if (locked.Undo == UndoMethod.Transaction)
        {
            foreach (var (_, session) in locked.All.Skip(1))
            {
                await session.PrepareCommitAsync(locked.All[0].Storage).ConfigureAwait(false);
            }
        }
        foreach (var (_, session) in locked.All)
        {
            await session.CommitAsync().ConfigureAwait(false);
        }
        ReportCommit();
    }

    private void ReportCommit()
    {
        _run.DroppedData = [.. locked.All.SelectMany(one => one.Session.DroppedData)];
        foreach (var data in _run.DroppedData)
        {
            _run.Trace.Dropped(data);
            var level = data.Fate is DroppedDataFate.Lost or DroppedDataFate.NotReturned
                ? LogLevel.Warning
                : LogLevel.Information;
            Log.Dropped(_run.Logger, level, _run.Id, data.Database, data.Version, data.Note);
        }
        if (locked.All.Max(one => one.Session.LocksHeld) is { } held)
        {
            _run.LocksHeld = held;
            Log.LocksReleased(_run.Logger, _run.Id, held.TotalMilliseconds, _run.LockEstimate?.Total.TotalMilliseconds);
        }
        foreach (var warning in locked.All.Select(one => one.Session.CommitWarning).OfType<string>())
        {
            _run.CommitWarnings.Add(warning);
            Log.CommitIncomplete(_run.Logger, _run.Id, warning);
        }
    }

    /// <summary>
    /// Ends the journal and keeps the report. Everything is new and validated: nothing is undone from here
    /// on, because a start after a kill could mistake a half-restored set for one that only lacks its end.
    /// </summary>
    private async Task<MigrationSummary> RecordAsync()
    {
        _run.Report(new MigrationProgress(MigrationPhase.Record));
        if (locked.HasJournal)
        {
            EndJournal();
        }
        CrashPoints.Pass("JournalEnded");
        await new BackupPruner(locked).TryPruneAsync(CancellationToken.None).ConfigureAwait(false);
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
            foreach (var (_, session) in locked.All)
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

    /// <summary>Begins with nothing done, as after an attempt that was rolled back.</summary>
    private void Forget(RunBaseline baseline)
    {
        _run.ForgetSteps();
        _run.Ledgers = baseline.Rows.ToDictionary(rows => rows.Key, rows => new RowLedger(rows.Value));
    }

    private IReadOnlyList<PlannedSteps> StepsIn(IDatabaseStorage storage) =>
        [
            .. from step in steps
            where step.Database.Storage.Equals(storage)
            select new PlannedSteps(step.Database, step.Versions, step.IsReverting),
        ];

    private async Task<CreatedBackup> BackUpAsync(CancellationToken cancellationToken)
    {
        // The state just recovered equals its backup, which already exists: a restart loop does not accumulate sets.
        var restored = _run.Recovery.Restored is { } set && _run.Backups.Match.Covers(set) ? set : null;
        if (BacksUp && restored is null)
        {
            var created = await new BackupCreator(locked).CreateAsync(reason, cancellationToken).ConfigureAwait(false);
            _run.BackupId = created.Set?.Id;
            return created;
        }
        _run.BackupId = restored?.Id;
        if (_run.ChecksTouched)
        {
            return new CreatedBackup(restored, locked.All.ToDictionary(one => one.Storage, _ => StorageCheck.Clean));
        }
        var limits = new WorkLimits(_run.Options.BackupTimeout, cancellationToken);
        var checks = await locked.CheckAsync(limits).ConfigureAwait(false);
        // Structural damage from before the run is reported as such, and not attributed to the run.
        if (
            reason != BackupReason.BeforeRestore
            && checks.FirstOrDefault(pair => pair.Value.IsDamaged) is ({ } storage, { } check)
        )
        {
            throw check.DescribeDamage(storage, MigrationPhase.BackUp);
        }
        return new CreatedBackup(restored, checks);
    }

    /// <summary>
    /// A transaction can be undone without a backup, but data that the user replaces is always kept, in a backup unless
    /// the storage itself keeps it.
    /// </summary>
    private bool BacksUp =>
        _run.Options.BackupBeforeMigration
        && (
            locked.Undo == UndoMethod.Restore
            || reason == BackupReason.BeforeRestore && locked.All.Any(pair => pair.Session.Replaced is null)
        );

    private void BeginJournal(BackupSet? backup)
    {
        if (!locked.HasJournal)
        {
            return;
        }
        var databases = steps.Select(step => new JournalDatabase(
            step.Database.Name,
            step.Database.Storage.Key,
            step.Versions
        ));
        var begun = new JournalBegun(
            _run.Activity,
            backup?.Id,
            _run.Backups.Folder,
            ProgramVersion.Program,
            [.. databases]
        );
        _run.Report(new MigrationProgress(MigrationPhase.Apply));
        try
        {
            _run.Journal.Begin(_run, _run.NewEntry(JournalEvent.Begun) with { Begun = begun });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(_run.Activity, _run.Phase, DataState.Unchanged, failure);
        }
        CrashPoints.Pass("JournalBegun");
    }

    private void EndJournal()
    {
        // A full disk accepts no line. The end of the journal follows and says more; if the process is
        // killed before it, the set is restored.
        var isSaid = _run.Journal.TryAppendValidated(_run);
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
}
