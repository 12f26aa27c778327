using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>The usual ways to check and copy a database with the system's own programs.</summary>
internal static class StockPrograms
{
    private static readonly bool HasSqlite = IsThere("sqlite3");
    private static readonly bool HasCopy = IsThere("cp") && IsThere("sync");

    /// <summary>The program that checks; the bundled library with its defaults if the system has none.</summary>
    public static string Checker { get; } = HasSqlite ? $"sqlite3 {Version()}" : "the bundled SQLite with its defaults";

    /// <summary>The program that copies and flushes.</summary>
    public static string Copier { get; } = HasCopy ? "cp, then sync" : "1 MB pieces, then fsync";

    /// <summary>Runs a pragma that must return <c>ok</c>.</summary>
    public static void Check(string file, string pragma)
    {
        if (HasSqlite)
        {
            Rules.Demand(Run("sqlite3", file, $"PRAGMA {pragma}").Trim() == "ok", "the stock program finds an error");
            return;
        }
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand($"PRAGMA {pragma}", connection);
        Rules.Demand((string?)command.ExecuteScalar() == "ok", "SQLite finds an error");
    }

    /// <summary>Copies a file that no one has open, and flushes the copy.</summary>
    public static void Copy(string source, string target)
    {
        if (HasCopy)
        {
            Run("cp", source, target);
            Run("sync", target);
            return;
        }
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        from.CopyTo(to, 1 << 20);
        to.Flush(flushToDisk: true);
    }

    private static string Version() => Run("sqlite3", "--version").Split(' ')[0];

    private static bool IsThere(string program) =>
        !OperatingSystem.IsWindows()
        && (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Rules.Demand(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
        return output;
    }
}
