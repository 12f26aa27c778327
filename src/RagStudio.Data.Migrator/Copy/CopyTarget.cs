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

    /// <summary>Where it is, for people.</summary>
    public string Name => CopySource.NameOf(_run.Set);

    /// <summary>Plans the migrations that create its tables.</summary>
    public async Task<RunPlan> PlanAsync(CancellationToken cancellationToken)
    {
        await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
        return await new RunPlanner(locked).ForwardAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the rows of its tables, of which those that do not exist yet have none.</summary>
    /// <returns>The first table with rows, and their number; <see langword="null"/> if all are empty.</returns>
    public async Task<(string Table, long Rows)?> FindRowsAsync(CopySet set, CancellationToken cancellationToken)
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
                    return (found.Key, found.Value);
                }
            }
        }
        return null;
    }

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
