using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>What every run that changes databases has in common: backed up before, checked and recorded after, undone on failure.</summary>
internal sealed class ProtectedRun(
    LockedRun locked,
    BackupStore backups,
    RunJournal journal,
    ExpectedSchemas expected,
    ILogger logger
)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly HeldStorages _held = locked.Held;

    /// <summary>Changes the set by <paramref name="change"/>, as a whole or not at all.</summary>
    /// <param name="reason">What the backup is for.</param>
    /// <param name="steps">What is going to be done, for the journal.</param>
    /// <param name="change">The change itself.</param>
    /// <param name="cancellationToken">Stops the run; the set is then restored.</param>
    /// <returns>What was done.</returns>
    public async Task<MigrationSummary> ChangeAsync(
        BackupReason reason,
        IReadOnlyList<DatabaseSteps> steps,
        Func<CancellationToken, Task> change,
        CancellationToken cancellationToken
    )
    {
        var before = await BackUpAsync(reason, cancellationToken).ConfigureAwait(false);
        var validator = new RunValidator(_run, _held, backups.Match, expected);
        var baseline = await validator.MeasureAsync(before, cancellationToken).ConfigureAwait(false);
        _run.Ledgers = baseline.Rows.ToDictionary(rows => rows.Key, rows => new RowLedger(rows.Value));
        _run.DifferencesBefore = SchemaDifference.In(baseline.Check);
        _run.StepCount = steps.Sum(step => step.Versions.Count);
        Begin(before.Set, steps);

        // Nothing has been changed up to this line. Whatever fails below is undone as a whole: by this process or, if it
        // dies, by the next start.
        try
        {
            await DeferFlushAsync().ConfigureAwait(false);
            await change(cancellationToken).ConfigureAwait(false);
            await ValidateAsync(validator, baseline, steps, cancellationToken).ConfigureAwait(false);
            await StampWriter.WriteAsync(_run.Set, _held).ConfigureAwait(false);
            await FlushAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            throw await new RunRollBack(
                _run,
                new SetRestorer(_run, _held, backups, backups.Match),
                backups,
                journal,
                logger
            )
                .UndoAsync(before.Set, failure, cancellationToken)
                .ConfigureAwait(false);
        }
        // Everything is new and checked: from here on nothing is undone any more, or a start after a kill could take a set that
        // is half put back for one that only lacks its end.
        return await RecordAsync().ConfigureAwait(false);
    }

    /// <summary>A flush for each migration would keep nothing: after a power failure the journal has the set restored, up to its line that all is validated.</summary>
    private async Task DeferFlushAsync()
    {
        if (_run.Options is { BackupBeforeMigration: true, RollbackOnFailure: true })
        {
            foreach (var (_, session) in _held.All)
            {
                await session.DeferFlushAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task FlushAsync()
    {
        foreach (var (_, session) in _held.All)
        {
            await session.FlushAsync().ConfigureAwait(false);
        }
    }

    private async Task ValidateAsync(
        RunValidator validator,
        RunBaseline baseline,
        IReadOnlyList<DatabaseSteps> steps,
        CancellationToken cancellationToken
    )
    {
        _run.Reports = await validator.ValidateAsync(baseline, steps, cancellationToken).ConfigureAwait(false);
        foreach (var report in _run.Reports)
        {
            Log.Validated(
                logger,
                _run.Id,
                report.Database,
                report.ChecksPerformed,
                report.Warnings.Count,
                report.Duration.TotalMilliseconds
            );
        }
    }

    private async Task<CreatedBackup> BackUpAsync(BackupReason reason, CancellationToken cancellationToken)
    {
        // What was just recovered equals its backup, which is one already: a restart loop does not pile up sets.
        var restored = locked.Recovery.Restored is { } set && backups.Match.Covers(set) ? set : null;
        var limits = new WorkLimits(_run.Options.BackupTimeout, cancellationToken);
        if (!_run.Options.BackupBeforeMigration || restored is not null)
        {
            _run.BackupId = restored?.Id;
            var checks = await _held.CheckAsync(limits).ConfigureAwait(false);
            if (reason != BackupReason.BeforeRestore)
            {
                ThrowIfDamaged(checks);
            }
            return new CreatedBackup(restored, checks);
        }
        var created = await backups.CreateAsync(_run, _held, reason, cancellationToken).ConfigureAwait(false);
        _run.BackupId = created.Set?.Id;
        return created;
    }

    /// <summary>Damage of the structure that was there already is told as such, and not taken for the run's.</summary>
    private static void ThrowIfDamaged(IReadOnlyDictionary<IDatabaseStorage, StorageCheck> checks)
    {
        foreach (var (storage, check) in checks.Where(pair => pair.Value.IsDamaged))
        {
            throw new DatabaseAccessException(
                MigrationPhase.BackUp,
                storage.Path,
                DatabaseProblem.Corrupt,
                check.Damage
            );
        }
    }

    private void Begin(BackupSet? backup, IReadOnlyList<DatabaseSteps> steps)
    {
        if (!_run.Options.BackupBeforeMigration)
        {
            return;
        }
        var databases = steps.Select(step => new JournalDatabase(
            step.Database.Name,
            step.Database.Storage.Path,
            step.Versions
        ));
        var begun = new JournalBegun(_run.Activity, backup?.Id, backups.Folder, ProgramVersion.Program, [.. databases]);
        _run.Report(new MigrationProgress(MigrationPhase.Apply));
        Begin(begun);
        _run.Report(new MigrationProgress(MigrationPhase.Apply));
    }

    private void Begin(JournalBegun begun)
    {
        try
        {
            journal.Begin(_run, _run.NewEntry(JournalEvent.Begun) with { Begun = begun });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(_run.Activity, _run.Phase, DataState.Unchanged, failure);
        }
    }

    /// <returns>Whether the next start is going to find the line.</returns>
    private bool TryWriteValidated()
    {
        try
        {
            _run.Write(journal, JournalEvent.Validated);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk takes no line. The end of the journal follows and says more; killed before it, the set is restored.
            return false;
        }
    }

    private void End()
    {
        var isSaid = TryWriteValidated();
        _run.Report(new MigrationProgress(MigrationPhase.Record));
        try
        {
            journal.End(_run, JournalEvent.Completed, isSaid);
        }
        catch (IOException failure)
        {
            // All is done, but not for good: the next start would undo it.
            throw RunFailure.WithSummary(
                _run,
                new RunFailedException(_run.Activity, MigrationPhase.Record, DataState.NeedsAttention, failure)
            );
        }
    }

    private async Task<MigrationSummary> RecordAsync()
    {
        if (_run.Options.BackupBeforeMigration)
        {
            End();
        }
        _run.Report(new MigrationProgress(MigrationPhase.Record));
        await backups.PrunerFor(_run, _held).TryPruneAsync(CancellationToken.None).ConfigureAwait(false);
        var summary = _run.Summarize();
        await RunReport.WriteAsync(backups, summary, logger).ConfigureAwait(false);
        Log.Completed(logger, _run.Id, summary.Databases.Sum(d => d.Migrations.Count), _run.Elapsed.TotalMilliseconds);
        return summary;
    }
}
