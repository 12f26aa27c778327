using System.Globalization;
using RagStudio.Data.Migrator.PostgreSql.Server;

namespace RagStudio.Data.Migrator.PostgreSql.BackUp;

/// <summary>The folders in which pg_dump and pg_restore are looked for: the configured one, or PATH and Debian's.</summary>
/// <param name="configured">The only folder to look in; <see langword="null"/> for the others.</param>
internal sealed class DumpTools(string? configured)
{
    private const string Dump = "pg_dump";
    private const string Restore = "pg_restore";
    private const string Debian = "/usr/lib/postgresql";

    private static readonly string Extension = OperatingSystem.IsWindows() ? ".exe" : "";

    /// <summary>Why there is no backup, and what to do: sentences for people.</summary>
    /// <value><see langword="null"/> if both programs are there.</value>
    public string? Problem =>
        Folders.Any(HasBoth) ? null
        : configured is null
            ? "Neither PATH nor a folder of /usr/lib/postgresql has pg_dump and pg_restore. Install PostgreSQL's client programs (Debian and Ubuntu: apt-get install postgresql-client), or name their folder in PostgreSqlDatabaseOptions.ToolsDirectory."
        : $"The folder '{configured}' does not have pg_dump and pg_restore. Correct PostgreSqlDatabaseOptions.ToolsDirectory.";

    /// <summary>Finds programs that are not older than the server, which pg_dump demands.</summary>
    /// <exception cref="NotSupportedException">There are none; the message says what to do.</exception>
    public async Task<(string Dump, string Restore)> FindAsync(
        Version server,
        ServerAddress address,
        CancellationToken cancellationToken
    )
    {
        var older = new List<string>();
        foreach (var folder in Folders.Where(HasBoth))
        {
            var (dump, restore) = (PathOf(folder, Dump), PathOf(folder, Restore));
            var version = await ReadVersionAsync(dump, cancellationToken).ConfigureAwait(false);
            if (version >= server.Major)
            {
                return (dump, restore);
            }
            older.Add($"'{dump}' is of version {version?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}");
        }
        throw new NotSupportedException(
            Problem
                ?? $"{address.Server} is PostgreSQL {server.Major}, and pg_dump refuses a server newer than itself: {string.Join("; ", older)}. Install PostgreSQL's client programs of version {server.Major} or newer, or name their folder in PostgreSqlDatabaseOptions.ToolsDirectory"
        );
    }

    private IEnumerable<string> Folders =>
        configured is not null
            ? [configured]
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(Path.IsPathFullyQualified)
                .Concat(OfDebian())
                .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> OfDebian() =>
        (Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [])
            .OrderByDescending(folder =>
                double.TryParse(
                    Path.GetFileName(folder),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var version
                )
                    ? version
                    : 0
            )
            .Select(folder => Path.Combine(folder, "bin"));

    private static bool HasBoth(string folder) =>
        File.Exists(PathOf(folder, Dump)) && File.Exists(PathOf(folder, Restore));

    private static string PathOf(string folder, string program) => Path.Combine(folder, program + Extension);

    /// <returns>The major version; <see langword="null"/> if the program does not tell it.</returns>
    private static async Task<int?> ReadVersionAsync(string program, CancellationToken cancellationToken)
    {
        try
        {
            // "pg_dump (PostgreSQL) 15.8 (Debian 15.8-1)"
            var text = await new DumpProcess(program, DumpEnvironment.Empty)
                .ReadAsync(["--version"], cancellationToken)
                .ConfigureAwait(false);
            var digits = text.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit);
            return int.TryParse(string.Concat(digits), CultureInfo.InvariantCulture, out var major) ? major : null;
        }
        // It is a program for another machine, or not one at all: the next folder may have a better one.
        catch (DumpProcessException)
        {
            return null;
        }
    }
}
