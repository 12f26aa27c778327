namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Removes and renames files. On Windows both fail while another program has the file open without sharing its
/// deletion, as virus scanners and indexers briefly do with new files.
/// </summary>
internal static class PatientFile
{
    /// <summary>
    /// ERROR_ACCESS_DENIED, which a folder with such a file returns, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, and
    /// ERROR_DIR_NOT_EMPTY while a removed file is still open.
    /// </summary>
    private static readonly int[] OfNeighbours = [5, 32, 33, 145];

    /// <summary>Three seconds in all.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        .. new[] { 10, 20, 50, 100, 200, 400, 700, 700, 820 }.Select(ms => TimeSpan.FromMilliseconds(ms)),
    ];

    public static void Delete(string path) => Retry(() => File.Delete(path));

    /// <summary>Removes a folder; with its content if <paramref name="recursive"/>.</summary>
    public static void DeleteFolder(string path, bool recursive = false) =>
        Retry(() => Directory.Delete(path, recursive));

    /// <summary>Renames a file, replacing an existing one.</summary>
    public static void Replace(string from, string to) => Retry(() => File.Move(from, to, overwrite: true));

    public static void MoveFolder(string from, string to) => Retry(() => Directory.Move(from, to));

    /// <summary>Retries for a while if another program is in the way, then throws the original exception.</summary>
    public static void Retry(Action act, Func<Exception, bool> isOfNeighbour, Action<TimeSpan> wait)
    {
        foreach (var pause in Pauses)
        {
            try
            {
                act();
                return;
            }
            catch (Exception failure) when (isOfNeighbour(failure))
            {
                wait(pause);
            }
        }
        act();
    }

    /// <summary>True if the Windows error says that another program has the file open.</summary>
    public static bool IsOfNeighbour(Exception failure) =>
        failure is IOException or UnauthorizedAccessException && OfNeighbours.Contains(failure.HResult & 0xFFFF);

    private static void Retry(Action act) =>
        Retry(act, failure => OperatingSystem.IsWindows() && IsOfNeighbour(failure), Wait);

#pragma warning disable RS0030 // There is no condition to wait for: Windows does not notify anyone that a file was closed.
    private static void Wait(TimeSpan pause) => Thread.Sleep(pause);
#pragma warning restore RS0030
}
