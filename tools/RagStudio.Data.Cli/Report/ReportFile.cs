using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>The file of a report: no more readable than the databases that it tells of.</summary>
/// <param name="path">Its full path.</param>
/// <param name="given">The path as the user gave it.</param>
internal sealed class ReportFile(string path, string given)
{
    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForReading = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly OutputFile _file = new(path, given);
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
        _file.Demand(databases);
        if (_file.Replaces)
        {
            IReadOnlyList<string> question = [$"'{given}' already exists and will be replaced by the report."];
            await confirmation.DemandAsync(() => Task.FromResult(question), cancellationToken);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="CommandException">It cannot be written; what was there is there still.</exception>
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
