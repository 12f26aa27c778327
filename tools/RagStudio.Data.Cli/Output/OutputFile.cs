using RagStudio.Data.Migrator.Files;

namespace RagStudio.Data.Cli;

/// <summary>
/// A file that a command writes: either complete or unchanged; never through a link, into a pipe or over a
/// database.
/// </summary>
/// <param name="path">Its full path.</param>
/// <param name="given">The path as the user gave it.</param>
internal sealed class OutputFile(string path, string given)
{
    // SQLite and the migrator name the files beside a database after it.
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

    private static readonly byte[] DatabaseHeader = "SQLite format 3\0"u8.ToArray();

    /// <summary>True if the file existed when the command began; one created since is not replaced.</summary>
    public bool Replaces { get; } = File.Exists(path);

    /// <summary>Throws unless a file can be written there.</summary>
    /// <param name="databases">The database files, which must not be replaced.</param>
    /// <exception cref="CommandException">It cannot; nothing was changed.</exception>
    public void Demand(IReadOnlyList<string> databases)
    {
        DemandAPlace();
        DemandNoDatabase(databases);
    }

    /// <summary>Writes the file.</summary>
    /// <param name="bytes">Its content.</param>
    /// <param name="mode">
    /// Its permissions on Unix; by default those of the file that it replaces, otherwise those of any new
    /// file.
    /// </param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="CommandException">It cannot be written; the previous content is unchanged.</exception>
    public Task WriteAsync(byte[] bytes, UnixFileMode? mode, CancellationToken cancellationToken) =>
        WriteAsync(stream => stream.WriteAsync(bytes, cancellationToken).AsTask(), mode);

    /// <param name="writeAsync">Writes its content.</param>
    /// <param name="mode">Its permissions.</param>
    /// <inheritdoc cref="WriteAsync(byte[], UnixFileMode?, CancellationToken)"/>
    public async Task WriteAsync(Func<Stream, Task> writeAsync, UnixFileMode? mode)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteAsync(draft, writeAsync, mode);
            File.Move(draft, path, overwrite: Replaces);
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

    private async Task WriteAsync(string draft, Func<Stream, Task> writeAsync, UnixFileMode? mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            mode ??= Replaces ? File.GetUnixFileMode(path) : null;
            // No other user may open it before it has its mode.
            options.UnixCreateMode = mode is null ? null : OwnersOwn;
        }
        await using var stream = new FileStream(draft, options);
        if (!OperatingSystem.IsWindows() && mode is { } permissions)
        {
            // The umask was already applied to the file that the permissions come from.
            File.SetUnixFileMode(stream.SafeFileHandle, permissions);
        }
        await writeAsync(stream);
        await stream.FlushAsync(CancellationToken.None);
        OwnFile.Flush(stream.SafeFileHandle);
    }

    private void DemandAPlace()
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(given))
        {
            throw CannotBeWritten("it is a folder. Name a file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw CannotBeWritten($"there is no folder '{Path.GetDirectoryName(path)}'. Create it first.");
        }

        try
        {
            // Opening a pipe would wait for a writer.
            OwnFile.DemandRegular(path);
        }
        catch (InvalidDataException error)
        {
            throw CannotBeWritten($"{error.Message} Name another file.", error);
        }
    }

    private void DemandNoDatabase(IReadOnlyList<string> databases)
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
        if (!Replaces)
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
