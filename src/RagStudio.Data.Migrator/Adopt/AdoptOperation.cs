using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>Records in every database of the set which version it is, without changing anything else.</summary>
internal sealed class AdoptOperation(MigrationRun run, AdoptOptions options) : Operation<AdoptSummary>(run)
{
    public override async Task<AdoptSummary> RunAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandMigrations();
        if (options.OnlyIfCertain && await HaveHistoryAsync(cancellationToken).ConfigureAwait(false))
        {
            return Summarize([]);
        }
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            Run.Report(new MigrationProgress(MigrationPhase.Plan));
            var read = await new AdoptionReader(Run.Services, options, Run.Report)
                .ReadAsync(storage => locked[storage], cancellationToken)
                .ConfigureAwait(false);
            DatabaseAdoption[] adoptions = [.. read.Select(one => one.Adoption)];
            if (Array.Find(adoptions, adoption => adoption.Refusal is not null) is { } refused)
            {
                return options.OnlyIfCertain
                    ? Summarize([])
                    : throw new PlanRefusedException(refused.Database, refused.EqualVersions, refused.Refusal!);
            }
            if (!Array.Exists(adoptions, adoption => adoption.IsChange))
            {
                return Summarize(adoptions);
            }
            var steps = DatabasePlan.None(Run.Set.Databases);
            await FreeSpace.CheckAsync(locked, steps, cancellationToken).ConfigureAwait(false);
            var done = await new GuardedChange(locked, BackupReason.BeforeMigration, steps)
                .RunAsync(() => WriteAsync(locked, read), cancellationToken)
                .ConfigureAwait(false);
            return Summarize(adoptions) with { PrunedBackups = done.PrunedBackups };
        }
    }

    /// <summary>Finds out, without a lock, that a start has nothing to adopt.</summary>
    private async Task<bool> HaveHistoryAsync(CancellationToken cancellationToken)
    {
        if (Run.Services.MayBeInterrupted)
        {
            return false;
        }
        try
        {
            var plans = await new StatusReader(Run.Services).ReadPlansAsync(cancellationToken).ConfigureAwait(false);
            return plans.All(plan => plan.CurrentVersion is not null)
                || !await Run.Set.ExistsAsync(cancellationToken).ConfigureAwait(false);
        }
        // The lock shows when the other process is done.
        catch (DatabaseLockedException)
        {
            return false;
        }
    }

    private async Task WriteAsync(
        LockedSet locked,
        IReadOnlyList<(AdoptionFacts Facts, DatabaseAdoption Adoption)> adoptions
    )
    {
        foreach (var (facts, adoption) in adoptions.Where(one => one.Adoption.IsChange))
        {
            Run.Report(new MigrationProgress(MigrationPhase.Apply, adoption.Database));
            var change = new HistoryChange(
                adoption.AddedRows,
                adoption.RemovedRows,
                [.. adoption.Leftovers.Where(leftover => leftover.IsDropped).Select(leftover => leftover.Name)],
                Records(facts.Database, adoption)
            );
            await locked[facts.Database.Storage].ChangeHistoryAsync(facts.Database, change).ConfigureAwait(false);
            CrashPoints.Pass("Adopted");
            Log.Adopted(Run.Logger, Run.Id, adoption.Database, adoption.Version ?? "");
        }
    }

    /// <summary>A line for each migration with its checksum, and one that says what was decided.</summary>
    private List<MigrationRecord> Records(IMigrationDatabase database, DatabaseAdoption adoption)
    {
        var program = ProgramMigrations.For(database);
        return
        [
            .. adoption.AddedRows.Select(version =>
                NewRecord(database, version, detail: null) with
                {
                    Checksum = program[version].Checksum,
                }
            ),
            NewRecord(database, adoption.Version == AdoptedVersion.None ? null : adoption.Version, Decision(adoption)),
        ];
    }

    private MigrationRecord NewRecord(IMigrationDatabase database, string? version, string? detail) =>
        Run.NewRecord(MigrationEvent.Adopted, database.Name, version, Run.Elapsed, detail);

    private string Decision(DatabaseAdoption adoption)
    {
        string?[] parts =
        [
            adoption.Version is null ? null
            : options.Version is null ? $"adopted as {adoption.Version}, to which the schema is equal"
            : $"adopted as {adoption.Version}, as requested",
            adoption.RemovedRows.Count == 0
                ? null
                : $"removed from EF's history: {string.Join(", ", adoption.RemovedRows)}",
            adoption.Differences.Count == 0 ? null : $"left different: {string.Join("; ", adoption.Differences)}",
            .. adoption
                .Leftovers.Where(leftover => leftover.IsDropped)
                .Select(leftover => $"dropped {leftover.Name} with {leftover.Rows} rows"),
        ];
        return string.Join(". ", parts.OfType<string>());
    }

    private AdoptSummary Summarize(IReadOnlyList<DatabaseAdoption> adoptions) =>
        new(Run.Id, Run.BackupId, adoptions, Run.Elapsed);
}
