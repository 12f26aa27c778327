using System.Diagnostics;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>A program that runs to its end.</summary>
internal static class Command
{
    /// <summary>Runs it and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task<string> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await error}{await output}"
            );
    }

    public static Task<string> RunAsync(string program, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(program, arguments));

    /// <summary>The program of this name on PATH, or in one of the other folders.</summary>
    public static string? Find(string name, params IEnumerable<string> others) =>
        FoldersOf(Environment.GetEnvironmentVariable("PATH"))
            .Concat(others)
            .Where(folder => Has(folder, name))
            .Select(folder => Path.Combine(folder, FileName(name)))
            .FirstOrDefault();

    public static IEnumerable<string> FoldersOf(string? path) =>
        (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a folder has a program; a link to one that is gone is none.</summary>
    public static bool Has(string folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder, FileName(name)));
        return file.Exists && (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).Exists;
    }

    private static string FileName(string name) => OperatingSystem.IsWindows() ? name + ".exe" : name;
}
