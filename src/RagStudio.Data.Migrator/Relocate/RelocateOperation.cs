using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Plan;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;
using RagStudio.Data.Migrator.Undo;

namespace RagStudio.Data.Migrator.Relocate;

/// <summary>
/// Moves a database of the set to another storage. It is a run of the set as it is before: its journal and its backup undo it.
/// A storage that the set does not have gets a copy first, which does not count until the run has ended.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="from">The database where it is.</param>
/// <param name="to">The database where it will be.</param>
internal sealed class RelocateOperation(MigrationRun run, IMigrationDatabase from, IMigrationDatabase to)
    : Operation<RelocationSummary>(run)
{
    private readonly RelocationReader _reader = new(run.Services, from, to);

    private bool IsTargetInSet => Run.Set.Storages.Contains(to.Storage);

    public override async Task<RelocationSummary> RunAsync(CancellationToken cancellationToken)
    {
        Run.Set.DemandMigrations();
        Run.Set.DemandBackUp();
        var locked = await LockedSet.AcquireAsync(Run, cancellationToken).ConfigureAwait(false);
        await using (locked.ConfigureAwait(false))
        {
            await new RunRecovery(locked).RecoverAsync(cancellationToken).ConfigureAwait(false);
            Run.Report(new MigrationProgress(MigrationPhase.Plan, from.Name));
            if (IsTargetInSet)
            {
                return await RunAsync(locked, locked[to.Storage], cancellationToken).ConfigureAwait(false);
            }
            var target = await OpenTargetAsync(cancellationToken).ConfigureAwait(false);
            await using (target.ConfigureAwait(false))
            {
                return await RunAsync(locked, target, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<RelocationSummary> RunAsync(
        LockedSet locked,
        IStorageSession target,
        CancellationToken cancellationToken
    )
    {
        var source = locked[from.Storage];
        var moved = await _reader
            .ReadAsync(storage => locked[storage], target, cancellationToken)
            .ConfigureAwait(false);
        Run.RelocatedTables = moved.Tables.ToHashSet(from.Names);
        var steps = DatabasePlan.None(Run.Set.Databases);
        await FreeSpace.CheckAsync(locked, steps, cancellationToken).ConfigureAwait(false);
        await EmptyAsync(source, target, moved, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RelocatedTable> tables = [];
        try
        {
            var done = await new GuardedChange(locked, BackupReason.BeforeMigration, steps)
                .RunAsync(
                    async () =>
                        tables = await MoveAsync(source, target, moved, cancellationToken).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await TryEmptySourceAsync(source).ConfigureAwait(false);
            return new RelocationSummary(
                Run.Id,
                done.BackupId,
                from.Name,
                from.Storage.DisplayName,
                to.Storage.DisplayName,
                tables,
                Run.Elapsed
            )
            {
                PrunedBackups = done.PrunedBackups,
            };
        }
        catch
        {
            await TryWithdrawAsync(source, target, moved).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Locks the target, too; a new file gets the permissions of the one that its content comes from.</summary>
    private async Task<IStorageSession> OpenTargetAsync(CancellationToken cancellationToken)
    {
        var left = Run.Options.LockTimeout - Run.Elapsed;
        var session = await to
            .Storage.OpenAsync(
                new RunIdentity(Run.Id, Run.Activity),
                left > TimeSpan.Zero ? left : TimeSpan.Zero,
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!session.Existed && from.Storage.File is { } source && to.Storage.File is { } created)
        {
            SourceAccess.GiveRestored(created.Path, source.Path);
        }
        return session;
    }

    /// <summary>Removes the copy that a killed move has left; the original is in the source, restored by the recovery.</summary>
    private async Task EmptyAsync(
        IStorageSession source,
        IStorageSession target,
        RelocatedDatabase moved,
        CancellationToken cancellationToken
    )
    {
        var limits = new WorkLimits(Run.Options.ValidationTimeout, cancellationToken);
        if (
            !IsTargetInSet
            && await _reader.IsLeftoverAsync(source.Relocation!, target, moved, limits).ConfigureAwait(false)
        )
        {
            await target.RestoreAsync(null).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<RelocatedTable>> MoveAsync(
        IStorageSession source,
        IStorageSession target,
        RelocatedDatabase moved,
        CancellationToken cancellationToken
    )
    {
        Run.Report(new MigrationProgress(MigrationPhase.Apply, from.Name));
        MigrationRecord? line = null;
        if (!IsTargetInSet)
        {
            await target.BeginAsync([], TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        var tables = await target
            .Relocation!.ReceiveAsync(
                moved,
                source.Relocation!,
                copied => line = NewRecord(copied),
                new WorkLimits(Run.Options.MigrationTimeout, cancellationToken)
            )
            .ConfigureAwait(false);
        CrashPoints.Pass("Received");
        if (!IsTargetInSet)
        {
            await CommitAsync(target, cancellationToken).ConfigureAwait(false);
        }
        // Once the journal has ended, the copy is all there is.
        CrashPoints.Pass("ReceivedDurably");
        await source
            .Relocation!.ReleaseAsync(moved, line! with { Event = MigrationEvent.RelocatedAway })
            .ConfigureAwait(false);
        CrashPoints.Pass("Released");
        Log.Relocated(Run.Logger, Run.Id, from.Name, to.Storage.DisplayName);
        return tables;
    }

    /// <summary>Checks and flushes a target that the run does not validate as part of its set.</summary>
    private async Task CommitAsync(IStorageSession target, CancellationToken cancellationToken)
    {
        var limits = new WorkLimits(Run.Options.ValidationTimeout, cancellationToken);
        var check = await target.CheckAsync(CheckDepth.Full, limits).ConfigureAwait(false);
        if (check.IsDamaged)
        {
            throw check.DescribeDamage(to.Storage, MigrationPhase.Validate);
        }
        await target.CommitAsync().ConfigureAwait(false);
        if (to.Storage.File is { } file)
        {
            FolderSync.Flush(file.Folder);
        }
    }

    /// <summary>
    /// Empties a storage that held nothing else, which removes its file when it is released. The run has ended: without this
    /// it has no table, and is not used.
    /// </summary>
    private async Task TryEmptySourceAsync(IStorageSession source)
    {
        try
        {
            var databases = Run.Set.In(from.Storage);
            var rest = await source.ReadSchemaAsync(databases, WorkLimits.None).ConfigureAwait(false);
            if (databases.Count == 1 && rest.Tables.Count + rest.Views.Count == 0)
            {
                await source.RestoreAsync(null).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            Run.CouldNotTidy(from.Storage.DisplayName, failure);
        }
    }

    /// <summary>Removes the copy if the original is still there, and leaves it otherwise: nothing else may have the content.</summary>
    private async Task TryWithdrawAsync(IStorageSession source, IStorageSession target, RelocatedDatabase moved)
    {
        try
        {
            var limits = WorkLimits.None;
            if (
                !IsTargetInSet
                && (await source.ReadAsync(from, CancellationToken.None).ConfigureAwait(false)).Applied.Count > 0
                && await _reader.IsLeftoverAsync(source.Relocation!, target, moved, limits).ConfigureAwait(false)
            )
            {
                await target.RestoreAsync(null).ConfigureAwait(false);
            }
        }
        // The next move finds it.
        catch (Exception failure)
        {
            Run.CouldNotTidy(to.Storage.DisplayName, failure);
        }
    }

    private MigrationRecord NewRecord(IReadOnlyList<RelocatedTable> tables) =>
        Run.NewRecord(
            MigrationEvent.Relocated,
            from.Name,
            version: null,
            Run.Elapsed,
            $"Moved from '{NameOf(from)}' to '{NameOf(to)}': {tables.Sum(table => table.Rows)} row(s) in {tables.Count} tables."
        ) with
        {
            Checksum = RelocatedContent.HashOf(tables),
        };

    private static string NameOf(IMigrationDatabase database) =>
        database.Storage.File is { } file ? Path.GetFileName(file.Path) : database.Storage.DisplayName;
}
