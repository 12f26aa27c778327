using System.Diagnostics;
using System.Globalization;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// The user that runs the servers where this process is root, because PostgreSQL and PgBouncer refuse to run as root.
/// </summary>
internal static class UnprivilegedUser
{
    private static readonly Lazy<(string Name, Func<string, string[], ProcessStartInfo> Start)?> Found = new(Find);

    /// <summary>Its name; <see langword="null"/> where the servers run as the user of this process.</summary>
    public static string? Name => Found.Value?.Name;

    public static ProcessStartInfo Start(string program, params string[] arguments) =>
        Found.Value is { } user ? user.Start(program, arguments) : new ProcessStartInfo(program, arguments);

    /// <summary>Gives a folder, with all that is in it, to the user.</summary>
    public static async Task TakeOverAsync(string folder)
    {
        if (Name is { } name)
        {
            _ = await Command.RunAsync("chown", "-R", name, folder);
        }
    }

    /// <summary>The programs that can run another as the user. Not every program of these names can.</summary>
    internal static IEnumerable<(string Program, Func<string, string[], ProcessStartInfo> Start)> Ways(
        string name,
        string group
    )
    {
        yield return (
            "setpriv",
            (program, arguments) =>
                new("setpriv", ["--reuid", name, "--regid", group, "--init-groups", program, .. arguments])
        );
        yield return ("runuser", (program, arguments) => new("runuser", ["-u", name, "--", program, .. arguments]));
        yield return (
            "su",
            (program, arguments) =>
                new("su", ["-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", name, "--", program, .. arguments])
        );
    }

    internal static string? IdOf(string name, string option) => Output(new ProcessStartInfo("id", [option, name]));

    internal static string? Output(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : null;
    }

    private static (string, Func<string, string[], ProcessStartInfo>)? Find()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }
        var name = IdOf("postgres", "-u") is null ? "nobody" : "postgres";
        var user = IdOf(name, "-u");
        var group = IdOf(name, "-g") ?? throw new InvalidOperationException("There is no user to run a server as.");
        foreach (var (program, start) in Ways(name, group))
        {
            if (Command.Find(program) is not null && Output(start("id", ["-u"])) == user)
            {
                return (name, start);
            }
        }
        throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"No program runs another as {name}: install util-linux.")
        );
    }
}
