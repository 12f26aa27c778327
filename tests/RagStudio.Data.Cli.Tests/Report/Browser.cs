using System.Diagnostics;

namespace RagStudio.Data.Cli.Tests;

/// <summary>A headless Chromium with its own profile, for the duration of a test.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly string[] Names = ["chromium", "google-chrome", "chromium-browser"];

    private readonly Process _process;

    private Browser(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>The address of its DevTools endpoint.</summary>
    public Uri Address { get; }

    /// <summary>Finds the program; <see langword="null"/> if it is not installed.</summary>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it and waits until it accepts connections.</summary>
    /// <param name="program">The program.</param>
    /// <param name="profile">A folder for its profile.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
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
                // A full pipe would block it.
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[announcement.Length..]);
            }
        }

        throw new InvalidOperationException("The browser ended without a word of where to speak to it.");
    }
}
