using System.Runtime.Versioning;
using System.Text;
using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Cli;

/// <summary>The file of a report: there as a whole or not at all.</summary>
/// <param name="path">Its full path.</param>
/// <param name="given">The path as the user gave it.</param>
internal sealed class ReportFile(string path, string given)
{
    // What SQLite, and the migrator, keep beside a database is named after it.
    private static readonly string[] Companions =
    [
        "",
        "-wal",
        "-shm",
        "-journal",
        ".lock",
        ".lock-holder",
        ".run-journal",
    ];

    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForReading = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private static readonly byte[] DatabaseHeader = "SQLite format 3\0"u8.ToArray();

    private readonly bool _replaces = File.Exists(path);

    /// <summary>The databases whose content the page tells of: it is no more readable than any of them.</summary>
    private IReadOnlyList<string> _databases = [];

    /// <summary>Makes sure that the file can be a report, and that the user agrees where one is replaced.</summary>
    /// <param name="databases">The files of the databases.</param>
    /// <param name="confirmation">Asks the user.</param>
    /// <param name="cancellationToken">Stops the waiting for the answer.</param>
    /// <exception cref="CommandException">It cannot, or the user does not; nothing was changed.</exception>
    public async Task DemandAsync(
        IReadOnlyList<string> databases,
        Confirmation confirmation,
        CancellationToken cancellationToken
    )
    {
        _databases = databases;
        DemandAPlace();
        DemandNoDatabase(databases);
        if (_replaces)
        {
            IReadOnlyList<string> question = [$"'{given}' is there already and is replaced by the report."];
            await confirmation.DemandAsync(() => Task.FromResult(question), cancellationToken);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="CommandException">It cannot be written; what was there is there still.</exception>
    public async Task<long> WriteAsync(string page, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteAsync(draft, bytes, cancellationToken);
            File.Move(draft, path, overwrite: _replaces);
            return bytes.Length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(error.Message, error);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task WriteAsync(string draft, byte[] bytes, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersOwn;
        }
        await using var stream = new FileStream(draft, options);
        if (!OperatingSystem.IsWindows())
        {
            // Whatever the umask says: what SQLite and the migrator make beside a database has its mode, too.
            File.SetUnixFileMode(stream.SafeFileHandle, Mode());
        }
        await stream.WriteAsync(bytes, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

    [UnsupportedOSPlatform("windows")]
    private UnixFileMode Mode() =>
        OwnersOwn
        | _databases
            .Where(File.Exists)
            .Select(File.GetUnixFileMode)
            .DefaultIfEmpty(OwnersOwn)
            .Aggregate(ForReading, (mode, database) => mode & database);

    private void DemandAPlace()
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(given))
        {
            throw CannotBeWritten("it is a folder. Name a file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw CannotBeWritten($"there is no folder '{Path.GetDirectoryName(path)}'. Make it first.");
        }

        try
        {
            // Opening a pipe would wait for somebody who writes into it.
            OwnFile.DemandRegular(path);
        }
        catch (InvalidDataException error)
        {
            throw CannotBeWritten($"{error.Message} Name another file.", error);
        }
    }

    private void DemandNoDatabase(IEnumerable<string> databases)
    {
        var isOfOne = databases.Any(database =>
            Companions.Any(companion =>
                FileIdentity.AreSame(FileIdentity.Resolve(path), FileIdentity.Resolve(database) + companion)
            )
        );
        if (isOfOne || IsDatabase())
        {
            throw CannotBeWritten("it is a database, or belongs to one. Name another file.");
        }
    }

    private bool IsDatabase()
    {
        if (!_replaces)
        {
            return false;
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var start = new byte[DatabaseHeader.Length];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start.SequenceEqual(DatabaseHeader);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotBeWritten(error.Message, error);
        }
    }

    private CommandException CannotBeWritten(string why, Exception? cause = null) =>
        CommandException.Usage($"'{given}' cannot be written: {why}", cause);
}
