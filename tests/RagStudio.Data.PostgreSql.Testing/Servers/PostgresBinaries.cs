using System.Diagnostics;
using System.Globalization;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A folder with PostgreSQL's programs.</summary>
public sealed class PostgresBinaries
{
    public const string Variable = "RAGSTUDIO_POSTGRES_BIN";

    private const string Missing =
        "No PostgreSQL server was found: install it (Debian and Ubuntu: apt-get install postgresql; macOS: brew install postgresql@17),"
        + $" or name the folder of its initdb in {Variable}.";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    private static readonly Lazy<PostgresBinaries?> Found = new(() =>
        Find(
            Environment.GetEnvironmentVariable(Variable),
            "/usr/lib/postgresql",
            Environment.GetEnvironmentVariable("PATH")
        )
    );

    private PostgresBinaries(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>The programs of this machine; a test is skipped where there are none.</summary>
    public static PostgresBinaries Require()
    {
        if (Found.Value is null)
        {
            Requirement.IsMissing(Missing);
        }
        return Found.Value;
    }

    /// <summary>Finds the folder that the variable names, else Debian's newest, else the first on PATH.</summary>
    /// <exception cref="InvalidOperationException">The variable names a folder without the programs.</exception>
    internal static PostgresBinaries? Find(string? variable, string debian, string? path)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            return HasAll(variable)
                ? new PostgresBinaries(Path.GetFullPath(variable))
                : throw new InvalidOperationException(
                    $"{Variable} names {variable}, which does not hold all of {string.Join(", ", Needed)}."
                );
        }
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return versions
            .OrderByDescending(VersionOf)
            .Select(version => Path.Combine(version, "bin"))
            .Concat(Command.FoldersOf(path))
            .Where(HasAll)
            .Select(folder => new PostgresBinaries(folder))
            .FirstOrDefault();
    }

    /// <summary>Prepares a program to run as the user that owns the servers.</summary>
    internal ProcessStartInfo Start(string program, params string[] arguments) =>
        UnprivilegedUser.Start(Path.Combine(Folder, program), arguments);

    private static bool HasAll(string folder) => Needed.All(name => Command.Has(folder, name));

    private static double VersionOf(string folder) =>
        double.TryParse(Path.GetFileName(folder), NumberStyles.Float, CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
