using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Status;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>Copies all rows of one set to another one.</summary>
/// <param name="run">The run on the target.</param>
/// <param name="from">The run on the source.</param>
/// <param name="options">The options.</param>
internal sealed class CopyOperation(MigrationRun run, MigrationRun from, CopyOptions options)
    : Operation<CopySummary>(run)
{
    /// <summary>Each row is read to see if it fits, copied, and read in the target.</summary>
    private const int Passes = 3;

    public override Task<CopySummary> RunAsync(CancellationToken cancellationToken) =>
        HoldAsync(
            async (held, locked, source, recorded) =>
            {
                var copied = await CopyAsync(held, locked, source, recorded, cancellationToken).ConfigureAwait(false);
                // The target is complete from here on: whatever happens, the next copy only marks.
                CrashPoints.Pass("Copied");
                await MarkAsync(source, copied).ConfigureAwait(false);
                return copied with { Duration = Run.Elapsed };
            },
            cancellationToken
        );

    /// <summary>Finds out what <see cref="RunAsync"/> would do.</summary>
    public Task<CopyPlan> PlanAsync(CancellationToken cancellationToken) =>
        HoldAsync(
            (held, locked, source, recorded) => PlanAsync(held, locked, source, recorded, cancellationToken),
            cancellationToken
        );

    /// <summary>Holds both sides while it works, of which the source is up to date and valid.</summary>
    private async Task<T> HoldAsync<T>(
        Func<LockedSet, LockedSet, CopySource, IReadOnlyDictionary<string, string>, Task<T>> workAsync,
        CancellationToken cancellationToken
    )
    {
        DemandDifferentSets();
        var recorded = await ReadRecordedAsync(cancellationToken).ConfigureAwait(false);
        var held = await LockedSet.AcquireAsync(from, cancellationToken).ConfigureAwait(false);
        await using (held.ConfigureAwait(false))
        {
            var source = new CopySource(held, options);
            await source.DemandReadyAsync(cancellationToken).ConfigureAwait(false);
            await source.ValidateAsync(cancellationToken).ConfigureAwait(false);
            var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
            await using (locked.ConfigureAwait(false))
            {
                return await workAsync(held, locked, source, recorded).ConfigureAwait(false);
            }
        }
    }

    private async Task<CopyPlan> PlanAsync(
        LockedSet held,
        LockedSet locked,
        CopySource source,
        IReadOnlyDictionary<string, string> recorded,
        CancellationToken cancellationToken
    )
    {
        var target = new CopyTarget(locked);
        await target.PlanAsync(cancellationToken).ConfigureAwait(false);
        await DemandOneUnitAsync(locked, cancellationToken).ConfigureAwait(false);
        var set = new CopySet(held, locked);
        var rows = await CountAsync(held, set, cancellationToken).ConfigureAwait(false);
        var complete = await FindCompleteAsync(set, target, recorded, rows.Values.Sum(), cancellationToken)
            .ConfigureAwait(false);
        var misfits = complete is null
            ? await FindMisfitsAsync(set, new RowProgress(Run, rows.Values.Sum()), cancellationToken)
                .ConfigureAwait(false)
            : [];
        return new CopyPlan(
            source.Name,
            target.Name,
            [.. rows.Select(pair => new CopiedTable(pair.Key.Database.Name, pair.Key.Target.Name, pair.Value, ""))],
            misfits,
            source.LeftBehind,
            IsComplete: complete is not null,
            Run.Elapsed
        );
    }

    private async Task<CopySummary> CopyAsync(
        LockedSet held,
        LockedSet locked,
        CopySource source,
        IReadOnlyDictionary<string, string> recorded,
        CancellationToken cancellationToken
    )
    {
        var target = new CopyTarget(locked);
        var plan = await target.PlanAsync(cancellationToken).ConfigureAwait(false);
        await DemandOneUnitAsync(locked, cancellationToken).ConfigureAwait(false);
        var set = new CopySet(held, locked);
        var rows = (await CountAsync(held, set, cancellationToken).ConfigureAwait(false)).Values.Sum();
        var complete = await FindCompleteAsync(set, target, recorded, rows, cancellationToken).ConfigureAwait(false);
        var tables = complete;
        if (tables is null)
        {
            var progress = new RowProgress(Run, rows * Passes);
            var misfits = await FindMisfitsAsync(set, progress, cancellationToken).ConfigureAwait(false);
            if (misfits.Count > 0)
            {
                throw CopyRefusedException.NotFitting(misfits);
            }
            tables = await target.CopyAsync(set, plan, source.Name, progress, cancellationToken).ConfigureAwait(false);
        }
        return new CopySummary(
            Run.Id,
            source.Name,
            target.Name,
            tables,
            source.LeftBehind,
            WasComplete: complete is not null,
            Run.Elapsed
        );
    }

    /// <summary>
    /// The rows of a target are those of an earlier copy, of a source that has not changed since, or those that its own
    /// migrations write.
    /// </summary>
    /// <returns>The earlier copy; <see langword="null"/> if there is none.</returns>
    /// <exception cref="CopyRefusedException">They are others.</exception>
    private async Task<IReadOnlyList<CopiedTable>?> FindCompleteAsync(
        CopySet set,
        CopyTarget target,
        IReadOnlyDictionary<string, string> recorded,
        long rows,
        CancellationToken cancellationToken
    )
    {
        if (await target.FindRowsAsync(set, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }
        if (recorded.Count < Run.Set.Databases.Count)
        {
            await target.DemandSeededAsync(set, found, cancellationToken).ConfigureAwait(false);
            return null;
        }
        var copier = new RowCopier(new RowProgress(Run, rows * 2));
        var (read, there) = (new List<CopiedTable>(), new List<CopiedTable>());
        foreach (var table in set.Tables)
        {
            var source = await copier
                .ReadSourceAsync(table, set.From(table.Database), cancellationToken)
                .ConfigureAwait(false);
            var copy = await copier
                .ReadTargetAsync(table, set.To(table.Database), cancellationToken)
                .ConfigureAwait(false);
            read.Add(new CopiedTable(table.Database.Name, table.Target.Name, source.Rows, source.Hash));
            there.Add(new CopiedTable(table.Database.Name, table.Target.Name, copy.Rows, copy.Hash));
        }
        return
            read.SequenceEqual(there)
            && Run.Set.Databases.All(database => recorded[database.Name] == CopySet.ContentOf(database, read))
            ? there
            : throw CopyTarget.NotEmpty(found, "are not an unchanged copy of the source");
    }

    private static async Task<IReadOnlyList<CopyMisfit>> FindMisfitsAsync(
        CopySet set,
        RowProgress progress,
        CancellationToken cancellationToken
    )
    {
        var misfits = new MisfitList();
        foreach (var table in set.Tables)
        {
            await new FitCheck(set.From(table.Database), set.To(table.Database), progress, misfits)
                .RunAsync(table, cancellationToken)
                .ConfigureAwait(false);
        }
        return misfits.All;
    }

    private static async Task<IReadOnlyDictionary<CopyTable, long>> CountAsync(
        LockedSet held,
        CopySet set,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<CopyTable, long>();
        foreach (var (storage, session) in held.All)
        {
            var counted = await session.CountRowsAsync(new WorkLimits(null, cancellationToken)).ConfigureAwait(false);
            var databases = held.Run.Set.In(storage);
            foreach (var table in set.Tables.Where(table => databases.Any(one => one.Name == table.Database.Name)))
            {
                rows[table] = counted
                    .FirstOrDefault(pair => databases[0].Names.Equals(pair.Key, table.Source.Name))
                    .Value;
            }
        }
        return rows;
    }

    /// <summary>Reads what earlier copies have recorded in the target, before it is locked.</summary>
    /// <returns>The hash of the content of each database.</returns>
    private async Task<IReadOnlyDictionary<string, string>> ReadRecordedAsync(CancellationToken cancellationToken)
    {
        var history = await new StatusReader(Run.Services)
            .ReadHistoryAsync(int.MaxValue, cancellationToken)
            .ConfigureAwait(false);
        return history
            .Where(record => record is { Event: MigrationEvent.Copied, Checksum: not null })
            .GroupBy(record => record.Database)
            .ToDictionary(group => group.Key, group => group.First().Checksum!);
    }

    private async Task MarkAsync(CopySource source, CopySummary copied)
    {
        try
        {
            await source
                .MarkAsync($"copied to {copied.Target} by the run {copied.RunId} at {Run.Time.GetUtcNow():u}")
                .ConfigureAwait(false);
        }
        // Whatever a provider throws: what is copied is complete and stays.
        catch (Exception failure)
        {
            throw new RunFailedException(
                RunActivity.Copy,
                MigrationPhase.Record,
                DataState.NeedsAttention,
                new InvalidOperationException(
                    $"Everything is copied to {copied.Target}, but {copied.Source} could not be marked ({failure.Message.TrimEnd('.')}). Run the same copy again: it compares both, and marks.",
                    failure
                )
            );
        }
    }

    private void DemandDifferentSets()
    {
        if (from.Set.Storages.FirstOrDefault(storage => Run.Set.Storages.Any(storage.Equals)) is { } both)
        {
            throw new CopyRefusedException($"'{both.DisplayName}' is both source and target.");
        }
        if (!from.Set.Names.ToHashSet().SetEquals(Run.Set.Names))
        {
            throw new CopyRefusedException(
                $"The source has the databases {string.Join(", ", from.Set.Names)}, the target {string.Join(", ", Run.Set.Names)}."
            );
        }
    }

    /// <exception cref="CopyRefusedException">A kill could leave one database of the target complete and another one empty.</exception>
    private static async Task DemandOneUnitAsync(LockedSet locked, CancellationToken cancellationToken)
    {
        if (locked.Undo != UndoMethod.Transaction)
        {
            return;
        }
        foreach (var (storage, session) in locked.All.Skip(1))
        {
            if (!await session.CanPrepareCommitAsync(locked.All[0].Storage, cancellationToken).ConfigureAwait(false))
            {
                throw new CopyRefusedException(
                    $"'{storage.DisplayName}' and '{locked.All[0].Storage.DisplayName}' cannot be committed as one: both have to be on one server whose max_prepared_transactions is greater than 0. Set it, or use one database with a schema for each context."
                );
            }
        }
    }
}
