using System.Diagnostics;

namespace RagStudio.Data.Cli.Tests;

/// <summary>A headless Chromium of its own profile, for as long as one test.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-browser"];

    private readonly Process _process;

    private Browser(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it is spoken to.</summary>
    public Uri Address { get; }

    /// <summary>The program; <see langword="null"/> where there is none.</summary>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it and waits until it can be spoken to.</summary>
    /// <param name="program">The program.</param>
    /// <param name="profile">A folder of its own.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static async Task<Browser> StartAsync(string program, string profile, CancellationToken cancellationToken)
    {
        string[] options =
        [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            $"--user-data-dir={profile}",
            "about:blank",
        ];
        var process = Process.Start(
            new ProcessStartInfo(program, options) { RedirectStandardError = true, RedirectStandardOutput = true }
        )!;
        try
        {
            return new Browser(process, await AddressAsync(process, cancellationToken));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static void End(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<Uri> AddressAsync(Process process, CancellationToken cancellationToken)
    {
        const string announcement = "DevTools listening on ";
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(announcement, StringComparison.Ordinal))
            {
                // A pipe that nobody empties would stop it.
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[announcement.Length..]);
            }
        }

        throw new InvalidOperationException("The browser ended without a word of where to speak to it.");
    }
}
