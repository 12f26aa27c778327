using System.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>Runs a statement in another process.</summary>
internal static class Outside
{
    /// <returns>SQLite's message; empty if the statement succeeded.</returns>
    public static string Execute(string database, string sql)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { Outsider.Marker.Path, database, sql },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return error;
    }
}
