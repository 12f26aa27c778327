using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>The file of a report, which is no more accessible than the databases that it describes.</summary>
/// <param name="path">Its full path.</param>
/// <param name="given">The path as the user gave it.</param>
internal sealed class ReportFile(string path, string given)
{
    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForReading = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly OutputFile _file = new(path, given);
    private IReadOnlyList<string> _databases = [];

    /// <summary>
    /// Throws unless the report can be written to the file, and the user agrees to replace an existing one.
    /// </summary>
    /// <param name="databases">The database files.</param>
    /// <param name="confirmation">Asks the user.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="CommandException">
    /// It cannot be written, or the user does not agree; nothing was changed.
    /// </exception>
    public async Task DemandAsync(
        IReadOnlyList<string> databases,
        Confirmation confirmation,
        CancellationToken cancellationToken
    )
    {
        _databases = databases;
        _file.Demand(databases);
        if (_file.Replaces)
        {
            IReadOnlyList<string> question = [$"'{given}' already exists and will be replaced by the report."];
            await confirmation.DemandAsync(() => Task.FromResult(question), cancellationToken);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="CommandException">It cannot be written; the previous content is unchanged.</exception>
    public async Task<long> WriteAsync(string page, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(page);
        await _file.WriteAsync(bytes, Mode(), cancellationToken);
        return bytes.Length;
    }

    private UnixFileMode Mode() =>
        OperatingSystem.IsWindows()
            ? OwnersOwn
            : OwnersOwn
                | _databases
                    .Where(File.Exists)
                    .Select(File.GetUnixFileMode)
                    .DefaultIfEmpty(OwnersOwn)
                    .Aggregate(ForReading, (mode, database) => mode & database);
}
