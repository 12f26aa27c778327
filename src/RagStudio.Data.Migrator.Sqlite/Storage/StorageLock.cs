using System.Diagnostics;
using System.Reflection;
using RagStudio.Data.Migrator.Files;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>
/// A file beside the database, with a handle that the operating system releases when its process ends, for
/// whatever reason. It separates the migrator's own processes before any of them opens the database. The file
/// itself remains: if it were removed, two processes could lock two files with the same name.
/// </summary>
internal sealed class StorageLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _handle;
    private readonly bool _isNew;
    private readonly string _database;
    private readonly string _holderPath;

    private StorageLock((FileStream Handle, bool IsNew) file, string database, RunActivity activity)
    {
        (_handle, _isNew, _database) = (file.Handle, file.IsNew, database);
        _holderPath = database + LockHolderFile.Extension;
        var holder = new LockHolder(
            Environment.ProcessId,
            Environment.MachineName,
            TimeProvider.System.GetUtcNow(),
            Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "unknown",
            activity
        );
        try
        {
            // Separate from the locked file, which on Windows no other process can read.
            LockHolderFile.Write(_holderPath, holder);
        }
        catch
        {
            // The caller never receives this object, so it cannot dispose it.
            _handle.Dispose();
            throw;
        }
    }

    /// <exception cref="DatabaseLockedException">Another process held the lock for the whole time.</exception>
    public static async Task<StorageLock> AcquireAsync(
        string database,
        RunActivity activity,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var path = database + ".lock";
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryOpen(path, database) is { } handle)
            {
                return new StorageLock(handle, database, activity);
            }
            if (Stopwatch.GetElapsedTime(begun) >= timeout)
            {
                throw new DatabaseLockedException(MigrationPhase.Lock, database, timeout, HolderOf(database));
            }
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Finds the recorded holder of a database; <see langword="null"/> if there is none.</summary>
    public static LockHolder? HolderOf(string database) => LockHolderFile.Read(database + LockHolderFile.Extension);

    /// <exception cref="IOException">Another part of the cleanup failed. The lock is released anyway.</exception>
    public void Dispose() =>
        Releases.Run(
            // Before the lock is released: the next holder writes its own file.
            () => OwnFile.Delete(_holderPath),
            // The database may have been created after the lock file.
            GiveAccess,
            _handle.Dispose
        );

    private void GiveAccess()
    {
        if (_isNew)
        {
            SourceAccess.Give(_handle.SafeFileHandle, _database);
        }
    }

    /// <summary>A new file is created exclusively: only such a file is given to the database's owner.</summary>
    private static (FileStream Handle, bool IsNew)? TryOpen(string path, string database)
    {
        try
        {
            OwnFile.DemandRegular(path);
            return File.Exists(path)
                ? (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None), false)
                : (OwnerOnlyFile.Create(path, database, FileAccess.ReadWrite, FileShare.None), true);
        }
        catch (IOException failure) when (IsSharingViolation(failure) || IsThere(failure, path))
        {
            return null;
        }
    }

    /// <summary>EEXIST, ERROR_FILE_EXISTS: another process has created it since the check.</summary>
    private static bool IsThere(IOException failure, string path) =>
        (failure.HResult & 0xFFFF) is 17 or 80 && File.Exists(path);

    /// <summary>EWOULDBLOCK of flock(2) on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharingViolation(IOException failure) =>
        (failure.HResult & 0xFFFF) is 11 or 35 or 32
        && failure is not (FileNotFoundException or DirectoryNotFoundException);
}
