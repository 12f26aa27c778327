using RagStudio.Data.Migrator.Apply;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>The target of a copy: empty before, equal to the source afterwards.</summary>
internal sealed class CopyTarget(LockedSet locked)
{
    private readonly MigrationRun _run = locked.Run;
    private RunPlan? _plan;
    private IReadOnlyDictionary<CopyTable, (long Rows, string Hash)>? _seeds;

    /// <summary>Where it is, for people.</summary>
    public string Name => CopySource.NameOf(_run.Set);

    /// <summary>Plans the migrations that create its tables.</summary>
    public async Task<RunPlan> PlanAsync(CancellationToken cancellationToken)
    {
        await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
        return _plan = await new RunPlanner(locked).ForwardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the rows of its tables, of which those that do not exist yet have none.</summary>
    /// <returns>The first table with rows; <see langword="null"/> if all are empty.</returns>
    public async Task<CopiedTable?> FindRowsAsync(CopySet set, CancellationToken cancellationToken)
    {
        foreach (var (storage, session) in locked.All)
        {
            var counted = await session.CountRowsAsync(new WorkLimits(null, cancellationToken)).ConfigureAwait(false);
            foreach (var table in set.Tables.Where(table => table.Database.Storage.Equals(storage)))
            {
                if (
                    counted.FirstOrDefault(pair => table.Database.Names.Equals(pair.Key, table.Target.Name)) is
                    { Value: > 0 } found
                )
                {
                    return new CopiedTable(table.Database.Name, found.Key, found.Value, Hash: "");
                }
            }
        }
        return null;
    }

    /// <summary>Demands that each table is empty, or has exactly the rows that the migrations write.</summary>
    /// <param name="set">The tables.</param>
    /// <param name="found">One that has rows.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="CopyRefusedException">A table has others.</exception>
    public async Task DemandSeededAsync(CopySet set, CopiedTable found, CancellationToken cancellationToken)
    {
        if (_plan!.Steps.Any(step => step.Versions.Count > 0))
        {
            throw NotEmpty(found, "cannot be compared with those of its migrations, because some are pending");
        }
        try
        {
            _seeds ??= await new SeededRows(_run).ReadAsync(set, cancellationToken).ConfigureAwait(false);
        }
        catch (NoScratchException reason)
        {
            throw NotEmpty(found, $"cannot be compared with those of its migrations ({reason.Message.TrimEnd('.')})");
        }
        var copier = new RowCopier(new RowProgress(_run, total: 0));
        var there = await set.ReadTargetAsync(table => set.To(table.Database), copier, cancellationToken)
            .ConfigureAwait(false);
        foreach (var (table, content) in there.Where(one => one.Value.Rows > 0 && one.Value != _seeds[one.Key]))
        {
            throw NotEmpty(
                new CopiedTable(table.Database.Name, table.Target.Name, content.Rows, content.Hash),
                "are not those that its migrations write"
            );
        }
    }

    public static CopyRefusedException NotEmpty(CopiedTable table, string why) =>
        new(
            $"The target has rows, '{table.Table}' {table.Rows}, which {why}. Nothing was changed. Copy into an empty database."
        );

    /// <summary>Migrates it, copies every row, and compares: all of it or nothing.</summary>
    public async Task<IReadOnlyList<CopiedTable>> CopyAsync(
        CopySet set,
        RunPlan plan,
        string source,
        RowProgress progress,
        CancellationToken cancellationToken
    )
    {
        await FreeSpace.CheckAsync(locked, plan.Steps, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<CopiedTable> copied = [];
        await new GuardedChange(locked, BackupReason.BeforeMigration, plan.Steps)
            .RunAsync(
                async () =>
                {
                    await DemandStillFreeAsync(set, cancellationToken).ConfigureAwait(false);
                    await new MigrationApplier(locked).ApplyAsync(plan.Steps, cancellationToken).ConfigureAwait(false);
                    copied = await CopyRowsAsync(set, progress, cancellationToken).ConfigureAwait(false);
                    await RecordAsync(copied, source).ConfigureAwait(false);
                    CrashPoints.Pass("CopyRecorded");
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return copied;
    }

    /// <summary>Others may have written tables that existed before: from here on they cannot.</summary>
    private async Task DemandStillFreeAsync(CopySet set, CancellationToken cancellationToken)
    {
        foreach (var (storage, session) in locked.All)
        {
            var counted = await session.CountRowsAsync(new WorkLimits(null, cancellationToken)).ConfigureAwait(false);
            CopyTable[] existing =
            [
                .. set
                    .Tables.Where(table => table.Database.Storage.Equals(storage))
                    .Where(table => counted.Keys.Any(name => table.Database.Names.Equals(name, table.Target.Name))),
            ];
            await session
                .Bulk!.HoldAsync(
                    [.. existing.Select(table => table.Target)],
                    _run.Options.LockTimeout,
                    cancellationToken
                )
                .ConfigureAwait(false);
            foreach (var table in existing)
            {
                // The session's own count does not see what others have written.
                var rows = await CountAsync(session.Bulk, table.Target, cancellationToken).ConfigureAwait(false);
                if (rows > 0)
                {
                    var found = new CopiedTable(table.Database.Name, table.Target.Name, rows, Hash: "");
                    await DemandSeededAsync(set, found, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private static async Task<long> CountAsync(IBulkRows rows, BulkTable table, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (
            var _ in rows.ReadAsync(table with { Columns = [] }, cancellationToken)
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            count++;
        }
        return count;
    }

    private static async Task<IReadOnlyList<CopiedTable>> CopyRowsAsync(
        CopySet set,
        RowProgress progress,
        CancellationToken cancellationToken
    )
    {
        var copier = new RowCopier(progress);
        var copied = new List<CopiedTable>();
        foreach (var (rows, tables) in set.Targets)
        {
            await rows.BeginWriteAsync([.. tables.Select(table => table.Target)], cancellationToken)
                .ConfigureAwait(false);
            // What its own migrations have written, which the source has too.
            foreach (var table in tables.Reverse())
            {
                await rows.EmptyAsync(table.Target, cancellationToken).ConfigureAwait(false);
            }
            var read = new List<(CopyTable Table, RowDigest Digest)>();
            foreach (var table in tables)
            {
                read.Add(
                    (
                        table,
                        await copier
                            .CopyAsync(table, set.From(table.Database), rows, cancellationToken)
                            .ConfigureAwait(false)
                    )
                );
                CrashPoints.Pass("TableCopied");
            }
            foreach (var (table, expected) in read)
            {
                var found = await copier.ReadTargetAsync(table, rows, cancellationToken).ConfigureAwait(false);
                copied.Add(Compare(table, expected, found));
            }
            await rows.EndWriteAsync(cancellationToken).ConfigureAwait(false);
            CrashPoints.Pass("RowsWritten");
        }
        return copied;
    }

    private static CopiedTable Compare(CopyTable table, RowDigest expected, RowDigest found) =>
        expected.Rows == found.Rows && expected.Hash == found.Hash
            ? new CopiedTable(table.Database.Name, table.Target.Name, found.Rows, found.Hash)
            : throw new InvalidOperationException(
                $"The copy of '{table.Target.Name}' differs: {expected.Rows} row(s) were read and {found.Rows} are in the target, and their values are not the same. Triggers of the target may have changed them."
            );

    private async Task RecordAsync(IReadOnlyList<CopiedTable> copied, string source)
    {
        foreach (var database in _run.Set.Databases)
        {
            var line = _run.NewRecord(
                MigrationEvent.Copied,
                database.Name,
                version: null,
                _run.Elapsed,
                $"Copied from {source}."
            );
            await locked[database.Storage]
                .AppendAsync(database, line with { Checksum = CopySet.ContentOf(database, copied) })
                .ConfigureAwait(false);
        }
    }
}
