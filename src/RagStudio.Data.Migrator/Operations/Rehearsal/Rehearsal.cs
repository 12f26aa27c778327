using Microsoft.Extensions.Logging.Abstractions;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Runs pending migrations on copies of the databases, with the same code as on the databases themselves, and
/// leaves nothing behind. A migration's code (<see cref="IMigrationCode"/>) also runs on the copies.
/// </summary>
internal sealed class Rehearsal(MigrationRun run)
{
    private readonly long _begun = run.Time.GetTimestamp();

    private TimeSpan Elapsed => run.Time.GetElapsedTime(_begun);

    /// <summary>Finds why there can be no rehearsal.</summary>
    /// <returns>The reason as a sentence; <see langword="null"/> if there can be one.</returns>
    public static string? FindObstacle(MigrationSet set) =>
        set.Storages[0] is { Scratch: null, File: null } first
            ? $"no copy of '{first.DisplayName}' can be made, because it is not a file."
            : null;

    /// <param name="readers">
    /// The existing databases; those of a set that do not exist are created again in the copy.
    /// </param>
    /// <param name="cancellationToken">Stops the rehearsal, even within a statement.</param>
    /// <returns>The result of the run on the copies.</returns>
    /// <exception cref="RehearsalFailedException">The run failed on the copies.</exception>
    /// <exception cref="MigrationException">The run was refused.</exception>
    public async Task<MigrationSummary> RunAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await RehearseAsync(readers, cancellationToken).ConfigureAwait(false);
        }
        catch (NoScratchException refusal) when (refusal.IsRefusal)
        {
            throw new PlanRefusedException(
                run.Set.Databases[0].Name,
                [],
                $"The run cannot be rehearsed as demanded: {refusal.Message} Nothing was changed."
            );
        }
    }

    private async Task<MigrationSummary> RehearseAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        CancellationToken cancellationToken
    )
    {
        await CheckSpaceAsync(readers, cancellationToken).ConfigureAwait(false);
        var scratch = await CreateScratchAsync(cancellationToken).ConfigureAwait(false);
        await using var removing = scratch.ConfigureAwait(false);
        var peak = new PeakDisk(scratch, run.Time);
        await using (peak.ConfigureAwait(false))
        {
            var copies = new RehearsalCopies(run, readers, scratch);
            var set = run.Set.In(await copies.CreateAsync(cancellationToken).ConfigureAwait(false));
            var before = await CountRowsAsync(set, cancellationToken).ConfigureAwait(false);
            var summary = await MigrateAsync(set, copies, peak, cancellationToken).ConfigureAwait(false);
            var after = await CountRowsAsync(set, cancellationToken).ConfigureAwait(false);
            var rows = before.SelectMany(storage =>
                RowDifferences.Between(storage.Key, storage.Value, after[storage.Key])
            );
            var report = new RehearsalReport(summary.Databases, [.. rows], peak.Bytes, Elapsed, Error: null)
            {
                Sample = copies.Sample,
                Targets = copies.Targets,
                LockEstimate = await new LockScale(run, readers, copies.Tables)
                    .EstimateAsync(summary, cancellationToken)
                    .ConfigureAwait(false),
            };
            // The copies' own time is part of the estimate.
            return summary with { Rehearsal = report, LocksHeld = null };
        }
    }

    /// <summary>
    /// The copies need the space of the databases, plus what the migrations need in addition. A server's disk is not checked.
    /// </summary>
    private async Task CheckSpaceAsync(
        IReadOnlyDictionary<IDatabaseStorage, IStorageReader> readers,
        CancellationToken cancellationToken
    )
    {
        if (run.Set.Folder is not { } folder)
        {
            return;
        }
        var plans = await ComparisonReader
            .ReadAsync(run.Set, readers.GetValueOrDefault, report: null, cancellationToken)
            .ConfigureAwait(false);
        var steps = DatabasePlan.Forward(run.Set.Databases, plans, ForwardTarget.Resolve(run, plans));
        await FreeSpace.CheckAsync(run, steps, folder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the place of the copies.</summary>
    /// <exception cref="NoScratchException">There is no place.</exception>
    public async Task<IScratch> CreateScratchAsync(CancellationToken cancellationToken)
    {
        if (FindObstacle(run.Set) is { } obstacle)
        {
            throw new InvalidOperationException(obstacle + " Set RehearseBeforeMigrate to Never.");
        }
        var first = run.Set.Storages[0];
        try
        {
            if (first.Scratch is { } store)
            {
                return await store.CreateAsync(run.Id, cancellationToken).ConfigureAwait(false);
            }
            RehearsalFolder.RemoveDead(run);
            return RehearsalFolder.Create(run);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException(run.Activity, MigrationPhase.Plan, DataState.Unchanged, failure);
        }
    }

    private async Task<MigrationSummary> MigrateAsync(
        MigrationSet set,
        RehearsalCopies copies,
        PeakDisk peak,
        CancellationToken cancellationToken
    )
    {
        var options = run.Options.ForRehearsal();
        // The log and the history are about the databases themselves; the rehearsal's progress is part of the run's.
        var services = new MigratorServices(set, options, run.Services.Expected, run.Time, NullLogger.Instance);
        var progress = new DirectProgress<MigrationProgress>(step =>
        {
            peak.Look();
            run.Report(step with { Phase = MigrationPhase.Plan, IsRehearsal = true });
        });
        var rehearsed = new MigrationRun(RunActivity.Migrate, services, progress)
        {
            UpTo = run.UpTo,
            IsPartOfRun = !run.Options.DryRun,
        };
        try
        {
            return await new MigrateOperation(rehearsed).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (FindObstacle(failure) is { } obstacle)
        {
            throw obstacle;
        }
        catch (Exception failure) when (IsVerdict(failure))
        {
            var tried = (failure as MigrationException)?.Summary?.Databases ?? [];
            var report = new RehearsalReport(tried, [], peak.Bytes, Elapsed, failure.Message)
            {
                Sample = copies.Sample,
                Targets = copies.Targets,
            };
            throw new RehearsalFailedException(report, failure);
        }
    }

    private static NoScratchException? FindObstacle(Exception? failure) =>
        failure is null ? null : failure as NoScratchException ?? FindObstacle(failure.InnerException);

    /// <summary>
    /// True if a failure says something about the migrations: a plan is refused with or without a rehearsal.
    /// </summary>
    private static bool IsVerdict(Exception failure) =>
        failure
            is not (
                OperationCanceledException
                or PlanRefusedException
                or DatabaseNewerException
                or BackupFailedException
            );

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>>> CountRowsAsync(
        MigrationSet copies,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<string, IReadOnlyDictionary<string, long>>();
        var limits = new WorkLimits(run.Options.ValidationTimeout, cancellationToken);
        var readers = await SetReaders.OpenAsync(copies, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            foreach (var storage in copies.Storages)
            {
                var databases = copies.In(storage);
                rows[databases[0].Name] = new Dictionary<string, long>();
                if (readers.Readers.GetValueOrDefault(storage) is { } reader)
                {
                    var schema = await reader.ReadSchemaAsync(databases, limits).ConfigureAwait(false);
                    var all = await reader.CountRowsAsync(limits).ConfigureAwait(false);
                    rows[databases[0].Name] = all.Where(table => schema.Find(table.Key) is not null).ToDictionary();
                }
            }
        }
        return rows;
    }
}
