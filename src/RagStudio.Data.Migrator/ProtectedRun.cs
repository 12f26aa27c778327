using Microsoft.Extensions.Logging;

namespace RagStudio.Data.Migrator;

/// <summary>What every run that changes databases has in common: backed up before, checked and recorded after, undone on failure.</summary>
internal sealed class ProtectedRun(
    MigrationRun run,
    HeldStorages held,
    BackupStore backups,
    RunJournal journal,
    ILogger logger
)
{
    private readonly SetRestorer _restorer = new(run, held, backups);

    /// <summary>Changes the set by <paramref name="change"/>, as a whole or not at all.</summary>
    /// <param name="reason">What the backup is for.</param>
    /// <param name="restored">A set whose content the storages have, which then is the backup.</param>
    /// <param name="steps">What is going to be done, for the journal.</param>
    /// <param name="change">The change itself.</param>
    /// <param name="cancellationToken">Stops the run; the set is then restored.</param>
    /// <returns>What was done.</returns>
    public async Task<MigrationSummary> ChangeAsync(
        BackupReason reason,
        BackupSet? restored,
        IReadOnlyList<DatabaseSteps> steps,
        Func<CancellationToken, Task> change,
        CancellationToken cancellationToken
    )
    {
        var before = await BackUpAsync(reason, restored, cancellationToken).ConfigureAwait(false);
        Begin(before.Set, steps);

        // Nothing has been changed up to this line. Whatever fails below is undone as a whole: by this process or, if it
        // dies, by the next start.
        try
        {
            await change(cancellationToken).ConfigureAwait(false);
            await new RunValidator(run, held).ValidateAsync(before.Checks, cancellationToken).ConfigureAwait(false);
            Write(JournalEvent.Validated);
        }
        catch (Exception failure)
        {
            throw await new RunRollBack(run, _restorer, backups, journal, logger)
                .UndoAsync(before.Set, failure, cancellationToken)
                .ConfigureAwait(false);
        }
        // Everything is new and checked: from here on nothing is undone any more.
        return await RecordAsync().ConfigureAwait(false);
    }

    private async Task<CreatedBackup> BackUpAsync(
        BackupReason reason,
        BackupSet? restored,
        CancellationToken cancellationToken
    )
    {
        var limits = new WorkLimits(run.Options.BackupTimeout, cancellationToken);
        if (!run.Options.BackupBeforeMigration || restored is not null)
        {
            run.BackupId = restored?.Id;
            return new CreatedBackup(restored, await held.CheckAsync(limits).ConfigureAwait(false));
        }
        var created = await backups.CreateAsync(run, held, reason, cancellationToken).ConfigureAwait(false);
        run.BackupId = created.Set?.Id;
        return created;
    }

    private void Begin(BackupSet? backup, IReadOnlyList<DatabaseSteps> steps)
    {
        if (!run.Options.BackupBeforeMigration)
        {
            return;
        }
        var databases = steps.Select(step => new JournalDatabase(
            step.Database.Name,
            step.Database.Storage.Path,
            step.Versions
        ));
        var begun = new JournalBegun(run.Activity, backup?.Id, backups.Folder, ProgramVersion.Program, [.. databases]);
        run.Report(new MigrationProgress(MigrationPhase.Apply));
        journal.Begin(run.NewEntry(JournalEvent.Begun) with { Begun = begun });
        run.Report(new MigrationProgress(MigrationPhase.Apply));
    }

    private async Task<MigrationSummary> RecordAsync()
    {
        if (run.Options.BackupBeforeMigration)
        {
            run.Report(new MigrationProgress(MigrationPhase.Record));
            journal.End(run.NewEntry(JournalEvent.Completed));
        }
        run.Report(new MigrationProgress(MigrationPhase.Record));
        await PruneAsync().ConfigureAwait(false);
        var summary = run.Summarize();
        await RunReport.WriteAsync(backups, summary, logger).ConfigureAwait(false);
        Log.Completed(logger, run.Id, summary.Databases.Sum(d => d.Migrations.Count), run.Elapsed.TotalMilliseconds);
        return summary;
    }

    /// <summary>Too many backups are no reason to call a run failed that is done.</summary>
    private async Task PruneAsync()
    {
        try
        {
            await backups
                .PruneAsync(BackupRetention.Of(run.Options), run.Time.GetUtcNow(), run.BackupId, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (BackupFailedException failure)
        {
            Log.BackupNotPruned(logger, backups.Folder, failure);
        }
    }

    private void Write(JournalEvent what)
    {
        if (run.Options.BackupBeforeMigration)
        {
            run.Write(journal, what);
        }
    }
}
