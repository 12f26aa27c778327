using System.Diagnostics;
using System.Reflection;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// A file beside the database whose handle the operating system takes back when its process dies, however it dies. It keeps the
/// migrator's own processes apart before one of them opens the database. The file itself stays: removing it would let two
/// processes lock two files of one name.
/// </summary>
internal sealed class StorageLock : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _handle;
    private readonly string _holderPath;

    private StorageLock(FileStream handle, string holderPath, RunActivity activity)
    {
        (_handle, _holderPath) = (handle, holderPath);
        var holder = new LockHolder(
            Environment.ProcessId,
            Environment.MachineName,
            TimeProvider.System.GetUtcNow(),
            Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "unknown",
            activity
        );
        try
        {
            // Another file than the locked one, which on Windows nobody else can read.
            LockHolderFile.Write(holderPath, holder);
        }
        catch
        {
            // Nobody gets this object to dispose of it.
            handle.Dispose();
            throw;
        }
    }

    /// <exception cref="DatabaseLockedException">Another process kept the lock for the whole time.</exception>
    public static async Task<StorageLock> TakeAsync(
        string database,
        RunActivity activity,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var (path, holderPath) = (database + ".lock", database + LockHolderFile.Extension);
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TryOpen(path) is { } handle)
            {
                return new StorageLock(handle, holderPath, activity);
            }
            if (Stopwatch.GetElapsedTime(begun) >= timeout)
            {
                throw new DatabaseLockedException(
                    MigrationPhase.Lock,
                    database,
                    timeout,
                    LockHolderFile.Read(holderPath)
                );
            }
            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Who says that it holds a database; nothing where nobody does.</summary>
    public static LockHolder? HolderOf(string database) => LockHolderFile.Read(database + LockHolderFile.Extension);

    public void Dispose()
    {
        File.Delete(_holderPath);
        _handle.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException failure) when (IsSharingViolation(failure))
        {
            return null;
        }
    }

    /// <summary>EWOULDBLOCK of flock(2) on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharingViolation(IOException failure) =>
        (failure.HResult & 0xFFFF) is 11 or 35 or 32
        && failure is not (FileNotFoundException or DirectoryNotFoundException);
}
