using System.Text;
using RagStudio.Data.Migrator;

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

    private static readonly byte[] DatabaseHeader = "SQLite format 3\0"u8.ToArray();

    private readonly bool _replaces = File.Exists(path);

    /// <summary>Makes sure that the file can be a report, and that the user agrees where one is replaced.</summary>
    /// <param name="databases">The files of the databases.</param>
    /// <param name="confirmation">Asks the user.</param>
    /// <param name="cancellationToken">Stops the waiting for the answer.</param>
    /// <exception cref="CommandException">It cannot, or the user does not; nothing was changed.</exception>
    public async Task DemandAsync(
        IEnumerable<string> databases,
        Confirmation confirmation,
        CancellationToken cancellationToken
    )
    {
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

    private static async Task WriteAsync(string draft, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(bytes, cancellationToken);
        stream.Flush(flushToDisk: true);
    }

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
