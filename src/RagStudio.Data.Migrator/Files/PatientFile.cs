namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Removes and renames. On Windows neither is possible while somebody has the file open without sharing its deletion, as virus scanners and indexers do with
/// new files, for a moment.
/// </summary>
internal static class PatientFile
{
    /// <summary>
    /// ERROR_ACCESS_DENIED, which a folder gives with such a file in it, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, and ERROR_DIR_NOT_EMPTY while a removed
    /// file is still open.
    /// </summary>
    private static readonly int[] OfNeighbours = [5, 32, 33, 145];

    /// <summary>Three seconds in all.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        .. new[] { 10, 20, 50, 100, 200, 400, 700, 700, 820 }.Select(ms => TimeSpan.FromMilliseconds(ms)),
    ];

    public static void Delete(string path) => Retry(() => File.Delete(path));

    /// <summary>Removes a folder; with all that is in it, if <paramref name="recursive"/>.</summary>
    public static void DeleteFolder(string path, bool recursive = false) =>
        Retry(() => Directory.Delete(path, recursive));

    /// <summary>Renames a file over another, if there is one.</summary>
    public static void Replace(string from, string to) => Retry(() => File.Move(from, to, overwrite: true));

    public static void MoveFolder(string from, string to) => Retry(() => Directory.Move(from, to));

    /// <summary>Does it again for a while where a neighbour keeps it from being done; then fails as it did.</summary>
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

    /// <summary>Whether another program has the file open, by the error of Windows.</summary>
    public static bool IsOfNeighbour(Exception failure) =>
        failure is IOException or UnauthorizedAccessException && OfNeighbours.Contains(failure.HResult & 0xFFFF);

    private static void Retry(Action act) =>
        Retry(act, failure => OperatingSystem.IsWindows() && IsOfNeighbour(failure), Wait);

#pragma warning disable RS0030 // There is no condition to wait for: Windows tells nobody that a file was let go of.
    private static void Wait(TimeSpan pause) => Thread.Sleep(pause);
#pragma warning restore RS0030
}
