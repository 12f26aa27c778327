using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>Verifies that the copies of a set still match its manifest.</summary>
internal sealed class BackupVerifier(
    MigrationSet set,
    BackupStore backups,
    BackupMatch match,
    IProgress<MigrationProgress>? progress = null,
    DamageAcceptance acceptance = DamageAcceptance.None
)
{
    private const string NotRegular = "it is not a regular file";

    /// <summary>Files that file managers create in folders that they display. No database engine reads them.</summary>
    private static readonly string[] OfFileManagers = [".DS_Store", "desktop.ini", "Thumbs.db"];

    /// <summary>Verifies several sets, one after the other.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="limits">The time limits for each set.</param>
    public async Task<IReadOnlyList<BackupVerification>> VerifyAsync(IReadOnlyList<BackupSet> sets, WorkLimits limits)
    {
        var results = new List<BackupVerification>();
        var (done, total) = (0L, sets.Sum(BytesOf));
        foreach (var backup in sets)
        {
            progress?.Report(
                new MigrationProgress(MigrationPhase.Validate, Check: backup.Id, Completed: done, Total: total)
                {
                    Unit = ProgressUnit.Bytes,
                }
            );
            results.Add(new BackupVerification(backup, await VerifyAsync(backup, limits).ConfigureAwait(false)));
            done += BytesOf(backup);
        }
        return results;
    }

    /// <returns>The faults, one sentence each; empty if the set can be restored.</returns>
    public Task<IReadOnlyList<string>> VerifyAsync(BackupSet backup, WorkLimits limits) =>
        VerifyAsync(backup, backup.Copies(), limits);

    /// <summary>
    /// Verifies only the copies of the program's databases, which can be restored whatever the state of the
    /// others.
    /// </summary>
    public Task<IReadOnlyList<string>> VerifyOwnAsync(BackupSet backup, WorkLimits limits) =>
        VerifyAsync(backup, backup.Copies().Where(copy => match.StorageOf(backup, copy) is not null), limits);

    private async Task<IReadOnlyList<string>> VerifyAsync(
        BackupSet backup,
        IEnumerable<BackupDatabase> copies,
        WorkLimits limits
    )
    {
        var faults = new List<string>(FindStrays(backup));
        foreach (var copy in copies)
        {
            limits.Token.ThrowIfCancellationRequested();
            if (await FaultOfAsync(backup, copy, limits).ConfigureAwait(false) is { } fault)
            {
                faults.Add($"{copy.File}: {fault}");
            }
        }
        return faults;
    }

    /// <summary>
    /// Finds files that the manifest does not name. For example, a write-ahead log beside a copy belongs to
    /// another file, and every program that opens the copy by hand would apply it.
    /// </summary>
    private IEnumerable<string> FindStrays(BackupSet backup)
    {
        string?[] named =
        [
            BackupManifest.FileName,
            MarkedFolder.Marker,
            RunReport.FileName,
            .. OfFileManagers,
            .. backup.Copies().Select(copy => copy.File),
            .. backup.Copies().SelectMany(copy => CompressedCopy.NamesBeside(copy.File!)),
        ];
        return Directory
            .EnumerateFileSystemEntries(backups.PathOf(backup.Id))
            .Select(Path.GetFileName)
            .Where(name => !named.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}: not named in the manifest; move it out of the set");
    }

    private async Task<string?> FaultOfAsync(BackupSet backup, BackupDatabase copy, WorkLimits limits)
    {
        var file = new FileInfo(backups.PathOf(backup, copy.File!));
        if (!OwnFile.IsRegularOrMissing(file.FullName))
        {
            return NotRegular;
        }
        if (backups.CompressedOf(backup, copy) is { Exists: true } compressed)
        {
            // What has the hash is what was checked when the set was made; a restore checks it again.
            return await compressed.FindFaultAsync(limits.Token).ConfigureAwait(false);
        }
        if (!file.Exists)
        {
            return "the file is missing";
        }
        if (file.Length != copy.Bytes)
        {
            return $"the file has {file.Length} bytes, not {copy.Bytes}";
        }
        var hash = await TryHashAsync(file.FullName, limits.Token).ConfigureAwait(false);
        return hash is null ? NotRegular
            // Of a clone it only shows that all of it can be read.
            : copy.Kind != BackupKind.Clone && hash != copy.Sha256
                ? "the file was altered: its SHA-256 differs from the manifest's"
            : await ContentFaultAsync(backup, copy, file.FullName, limits).ConfigureAwait(false);
    }

    /// <returns>The hash; <see langword="null"/> for anything but a regular file, which is not read.</returns>
    private static async Task<string?> TryHashAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await DurableFile.HashAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The manifest itself may have been altered, so the content of the copy is checked.</summary>
    private async Task<string?> ContentFaultAsync(BackupSet backup, BackupDatabase copy, string file, WorkLimits limits)
    {
        if (match.StorageOf(backup, copy) is not { } storage)
        {
            // It belongs to another program's database, and only that program knows what it should contain.
            return null;
        }
        var here = set.In(storage);
        try
        {
            var content = await storage.InspectCopyAsync(file, here, limits).ConfigureAwait(false);
            return content.Check.IsDamaged ? DamageOf(copy, content.Check)
                : content.NotRestored is { } reason
                    // It was not restored when it was made either, which its check says.
                    ? copy.Check == BackupDatabase.NotRestored ? null
                        : $"it could not be restored to check it: {reason}"
                : here.Any(database => !IsAtMigration(backup, database, content))
                    ? "the copy is not at the migration that the manifest names"
                : copy.Rows is not null
                && content.Rows is { } rows
                && !copy.Rows.All(table => rows.GetValueOrDefault(table.Key, -1) == table.Value)
                    ? "the copy does not have the rows that the manifest counts"
                : null;
        }
        catch (DatabaseAccessException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>
    /// The copy matches the manifest: if that records damage too, the database was already damaged. Of a clone that was
    /// not checked nobody knows, so only a user accepts its damage.
    /// </summary>
    private string? DamageOf(BackupDatabase copy, StorageCheck check) =>
        copy.Check == BackupDatabase.CheckPassed ? check.Damage
        : copy.Check == BackupDatabase.NotChecked
            ? acceptance == DamageAcceptance.RecordedOrUnknown ? null
                : $"it is damaged, perhaps since its database was when the backup was made ({check.Damage})"
        : acceptance != DamageAcceptance.None ? null
        : $"its database was damaged when the backup was made ({check.Damage})";

    private static long BytesOf(BackupSet backup) => backup.Copies().Sum(copy => copy.Bytes);

    /// <summary>
    /// True if the copy is at the migration that the manifest records. A database that the set cannot
    /// identify is not judged.
    /// </summary>
    private bool IsAtMigration(BackupSet backup, IMigrationDatabase database, CopyInspection content) =>
        match.EntryOf(backup, database) is not { } entry
        || content.Applied is not { } applied
        || entry.MigrationId == applied[database.Name].Max(MigrationIdComparer.Default);
}
