using System.Diagnostics;

namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>A statement in a process of its own.</summary>
internal static class Outside
{
    /// <returns>SQLite's message; empty where the statement was done.</returns>
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
