using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.BackUp;

/// <summary>Checks whether the copies of a set are still what its manifest says.</summary>
internal sealed class BackupVerifier(
    MigrationSet set,
    BackupStore backups,
    BackupMatch match,
    IProgress<MigrationProgress>? progress = null,
    bool acceptsDamaged = false
)
{
    private const string NotRegular = "it is not a regular file";

    /// <summary>What file managers leave in a folder that they show. No engine reads it.</summary>
    private static readonly string[] OfFileManagers = [".DS_Store", "desktop.ini", "Thumbs.db"];

    /// <summary>Checks some sets, one after the other.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="limits">How long the check of a set may take.</param>
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

    /// <returns>What is wrong, a sentence for each fault; empty where the set can be restored.</returns>
    public Task<IReadOnlyList<string>> VerifyAsync(BackupSet backup, WorkLimits limits) =>
        VerifyAsync(backup, backup.Copies(), limits);

    /// <summary>The same for what the set has of the program's databases, which can be restored whatever became of the rest.</summary>
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
    /// What the manifest does not name: a write-ahead log that lies beside a copy, for one, belongs to another file, and every program that opens the copy
    /// by hand would read it.
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
        ];
        return Directory
            .EnumerateFileSystemEntries(backups.PathOf(backup.Id))
            .Select(Path.GetFileName)
            .Where(name => !named.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name}: the manifest names no such file; move it out of the set");
    }

    private async Task<string?> FaultOfAsync(BackupSet backup, BackupDatabase copy, WorkLimits limits)
    {
        var file = new FileInfo(backups.PathOf(backup, copy.File!));
        if (!OwnFile.IsRegularOrMissing(file.FullName))
        {
            return NotRegular;
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
            : hash != copy.Sha256 ? "the file was altered: its SHA-256 is not the manifest's"
            : await ContentFaultAsync(backup, copy, file.FullName, limits).ConfigureAwait(false);
    }

    /// <returns><see langword="null"/> for what is no regular file, and not read.</returns>
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

    /// <summary>The manifest itself may have been altered: the copy tells what it really holds.</summary>
    private async Task<string?> ContentFaultAsync(BackupSet backup, BackupDatabase copy, string file, WorkLimits limits)
    {
        if (match.StorageOf(backup, copy) is not { } storage)
        {
            // It is of another program's database, and only that knows what belongs in it.
            return null;
        }
        var here = set.In(storage);
        try
        {
            var content = await storage.InspectCopyAsync(file, here, limits).ConfigureAwait(false);
            return content.Check.IsDamaged ? DamageOf(copy, content.Check)
                : here.Any(database => !IsAtMigration(backup, database, content))
                    ? "the copy is not at the migration that the manifest names"
                : copy.Rows is not null
                && !copy.Rows.All(table => content.Rows.GetValueOrDefault(table.Key, -1) == table.Value)
                    ? "the copy does not have the rows that the manifest counts"
                : null;
        }
        catch (DatabaseAccessException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Its bytes are those of the manifest: where that tells of damage too, its database was damaged already.</summary>
    private string? DamageOf(BackupDatabase copy, StorageCheck check) =>
        copy.Check == BackupDatabase.CheckPassed ? check.Damage
        : acceptsDamaged ? null
        : $"its database was damaged when the backup was made ({check.Damage})";

    private static long BytesOf(BackupSet backup) => backup.Copies().Sum(copy => copy.Bytes);

    /// <summary>Of a database that the set does not tell apart, nothing is said that could be wrong.</summary>
    private bool IsAtMigration(BackupSet backup, IMigrationDatabase database, CopyInspection content) =>
        match.EntryOf(backup, database) is not { } entry
        || entry.MigrationId == content.Applied[database.Name].Max(MigrationIdComparer.Default);
}
