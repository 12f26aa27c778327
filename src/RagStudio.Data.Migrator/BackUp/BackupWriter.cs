using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>Writes the copies and the manifest of a set into a folder.</summary>
internal sealed class BackupWriter(LockedSet locked, BackupReason reason, string id, string folder)
{
    private readonly MigrationRun _run = locked.Run;
    private readonly Dictionary<IDatabaseStorage, StorageCheck> _checks = [];

    /// <summary>True if a run follows that must distinguish its damage from earlier damage.</summary>
    private bool IsBaseline =>
        reason is not (BackupReason.Manual or BackupReason.Interrupted)
        && _run.Options.ValidateAfterMigration
        && !_run.ChecksTouched;

    public async Task<CreatedBackup> WriteAsync(WorkLimits limits)
    {
        var databases = new List<BackupDatabase>();
        foreach (var (storage, session) in locked.All)
        {
            databases.AddRange(await CopyAsync(storage, session, limits).ConfigureAwait(false));
        }
        var set = new BackupSet(
            BackupManifest.FormatOf(databases),
            id,
            _run.Time.GetUtcNow(),
            reason,
            _run.Id,
            ProgramVersion.Program,
            [.. _run.Set.Databases.Select(database => databases.First(copy => copy.Name == database.Name))]
        );
        var manifest = Path.Combine(folder, BackupManifest.FileName);
        await DurableFile
            .WriteAsync(manifest, BackupManifest.Write(set), locked.AccessSource, limits.Token)
            .ConfigureAwait(false);
        FolderSync.Flush(folder);
        return new CreatedBackup(set, _checks);
    }

    private async Task<IEnumerable<BackupDatabase>> CopyAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        WorkLimits limits
    )
    {
        var databases = _run.Set.In(storage);
        if (!session.Existed)
        {
            _checks[storage] = StorageCheck.Clean;
            return databases.Select(database =>
                Located(storage, new BackupDatabase(database.Name, null, null, 0, 0, null, null, null))
            );
        }
        var name = databases[0].Name;
        var file = Path.Combine(folder, name + storage.CopyExtension);
        var progress = _run.CopyProgress(new MigrationProgress(MigrationPhase.BackUp, name));
        // A set made on request may be meant for another disk, or for years: it shares nothing.
        var copy = await (
            reason == BackupReason.Manual
                ? session.BackUpAsync(file, progress, limits)
                : session.SnapshotAsync(file, progress, limits)
        ).ConfigureAwait(false);
        _run.Report(new MigrationProgress(MigrationPhase.BackUp, name));
        var isClone = copy.Sha256 is null;
        var inspection = await (
            isClone ? InspectCloneAsync(storage, session, file, limits) : InspectAsync(storage, session, file, limits)
        ).ConfigureAwait(false);
        var rows = inspection.NotRestored is null
            ? inspection.Rows
            : await session.CountRowsAsync(limits).ConfigureAwait(false);
        var applied = inspection.Applied ?? await ReadAppliedAsync(storage, session, limits).ConfigureAwait(false);
        var bytes = new FileInfo(file).Length;
        return databases.Select(database =>
            Located(
                storage,
                new BackupDatabase(
                    database.Name,
                    Path.GetFileName(file),
                    applied[database.Name].Max(MigrationIdComparer.Default),
                    bytes,
                    copy.Pages,
                    copy.Sha256,
                    rows,
                    isClone && !ChecksSource && !inspection.Check.IsDamaged
                        ? BackupDatabase.NotChecked
                        : ResultOf(inspection)
                )
                {
                    Kind = isClone ? BackupKind.Clone : BackupKind.Copy,
                    Warning = inspection.NotRestored ?? inspection.Check.Warning,
                }
            )
        );
    }

    private static string ResultOf(CopyInspection inspection) =>
        inspection.Check.IsDamaged ? inspection.Check.Damage
        : inspection.NotRestored is null ? BackupDatabase.CheckPassed
        : BackupDatabase.NotRestored;

    private BackupDatabase Located(IDatabaseStorage storage, BackupDatabase copy)
    {
        var source = MarkedDatabase.Create(storage, folder);
        return copy with { Path = source.Path, RelativePath = source.RelativePath };
    }

    /// <summary>
    /// Checks the copy by itself and against its source. The copy that a killed run left is kept in any
    /// state.
    /// </summary>
    private async Task<CopyInspection> InspectAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        string file,
        WorkLimits limits
    )
    {
        var bytes = await storage.ReadSizeAsync(limits.Token).ConfigureAwait(false);
        // They share neither a file nor a connection, and each keeps a core busy.
        var inspecting = Task.Run(() => storage.InspectCopyAsync(file, _run.Set.In(storage), limits));
        var checking = IsBaseline
            ? Task.Run(() => session.CheckAsync(_run.Options.DepthFor(bytes, _run.Options.CheckDepth), limits))
            : null;
        await Task.WhenAll(inspecting, checking ?? Task.CompletedTask).ConfigureAwait(false);
        var copy = await inspecting.ConfigureAwait(false);
        // A damaged copy says nothing of its source.
        var check =
            checking is not null ? await checking.ConfigureAwait(false)
            : copy.Check.IsDamaged ? await session.CheckAsync(CheckDepth.Quick, limits).ConfigureAwait(false)
            : copy.Check;
        _checks[storage] = check;
        ThrowIfDamaged(storage, file, check, copy.Check);
        if (!copy.Check.IsDamaged)
        {
            await CompareAsync(storage, session, file, copy, limits).ConfigureAwait(false);
        }
        return copy;
    }

    /// <summary>
    /// Makes sure that a clone, which the file system has made, is one of its source. Only the source is checked, if at
    /// all: a clone has the same blocks.
    /// </summary>
    private async Task<CopyInspection> InspectCloneAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        string file,
        WorkLimits limits
    )
    {
        var check = ChecksSource
            ? await CheckSourceAsync(storage, session, limits).ConfigureAwait(false)
            : StorageCheck.Clean;
        if (
            check.IsDamaged
            || await TryReadAppliedAsync(storage, session, limits).ConfigureAwait(false) is not { } applied
        )
        {
            // It describes the damage.
            return await InspectAsync(storage, session, file, limits).ConfigureAwait(false);
        }
        var copied = await storage.TraceCopyAsync(file, limits.Token).ConfigureAwait(false);
        if (copied != await session.ReadHistoryTraceAsync(limits.Token).ConfigureAwait(false))
        {
            throw new BackupFailedException(file, "the clone does not hold the migration history of its source");
        }
        _checks[storage] = check;
        return new CopyInspection(check, Rows: null, applied);
    }

    /// <summary>
    /// False for what a killed run has left, which is kept in any state, and if a run looks up in the clone what was there
    /// before, where it finds anything.
    /// </summary>
    private bool ChecksSource => reason != BackupReason.Interrupted && !_run.ChecksTouched;

    private async Task<StorageCheck> CheckSourceAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        WorkLimits limits
    )
    {
        var bytes = await storage.ReadSizeAsync(limits.Token).ConfigureAwait(false);
        var depth = IsBaseline ? _run.Options.DepthFor(bytes, _run.Options.CheckDepth) : CheckDepth.Quick;
        return await session.CheckAsync(depth, limits).ConfigureAwait(false);
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>?> TryReadAppliedAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        WorkLimits limits
    )
    {
        try
        {
            return await ReadAppliedAsync(storage, session, limits).ConfigureAwait(false);
        }
        catch (DatabaseAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Migrations do not run on a damaged structure: they would read and write data that cannot be trusted. A
    /// backup of it can always be made, and a good one can always be restored over it.
    /// </summary>
    private void ThrowIfDamaged(IDatabaseStorage storage, string file, StorageCheck source, StorageCheck copy)
    {
        if (source.IsDamaged && reason is (BackupReason.BeforeMigration or BackupReason.BeforeRollback))
        {
            throw source.DescribeDamage(storage, MigrationPhase.BackUp);
        }
        if (copy.IsDamaged && !source.IsDamaged)
        {
            throw new BackupFailedException(file, $"the copy is damaged, but its source is not: {copy.Damage}");
        }
    }

    private async Task CompareAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        string file,
        CopyInspection copy,
        WorkLimits limits
    )
    {
        // The check of the copy has read each of its pages: reading those of a large source a third time finds nothing more.
        if (copy.Rows is { } copied && !_run.ChecksTouched)
        {
            var rows = await session.CountRowsAsync(limits).ConfigureAwait(false);
            if (!rows.OrderBy(table => table.Key).SequenceEqual(copied.OrderBy(table => table.Key)))
            {
                throw new BackupFailedException(file, "the copy does not hold the rows of its source");
            }
        }
        if (copy.Applied is { } applied)
        {
            var source = await ReadAppliedAsync(storage, session, limits).ConfigureAwait(false);
            if (source.Any(database => !database.Value.SequenceEqual(applied[database.Key])))
            {
                throw new BackupFailedException(file, "the copy does not hold the migration history of its source");
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAppliedAsync(
        IDatabaseStorage storage,
        IStorageSession session,
        WorkLimits limits
    )
    {
        var applied = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var database in _run.Set.In(storage))
        {
            var state = await session.ReadAsync(database, limits.Token).ConfigureAwait(false);
            applied[database.Name] = state.Applied;
        }
        return applied;
    }
}
