using System.Diagnostics;

namespace RagStudio.Data.PostgreSql.Testing;

/// <summary>
/// A temporary folder with the servers in it, which ends with this process, in whatever way that dies: a guard in a
/// separate process waits for the end of a pipe, ends the servers and removes the folder.
/// </summary>
internal sealed class GuardedFolder : IAsyncDisposable
{
    // In a session of its own, as a child of nobody: what kills this process with its group or its children spares it.
    private const string Detach = """
        session=$(command -v setsid)
        exec 3<&0
        $session sh -c 'eval "$GUARD_SCRIPT"' guard "$1" "$2" <&3 2>&1 &
        """;

    private readonly Process _guard;
    private bool _isRemoved;

    private GuardedFolder(Process guard, string path)
    {
        _guard = guard;
        Path = path;
    }

    public string Path { get; }

    private static async Task<GuardedFolder> CreateAsync()
    {
        var place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetTempPath());
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("powershell", ["-NoProfile", "-NonInteractive", "-Command", Script("guard.ps1")])
            : new ProcessStartInfo("sh", ["-c", Detach, "guard", place, UnprivilegedUser.Name ?? ""]);
        start.Environment["GUARD_PLACE"] = place;
        start.Environment["GUARD_SCRIPT"] = Script("guard.sh");
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var guard = Process.Start(start)!;
        var path = await guard.StandardOutput.ReadLineAsync();
        return Directory.Exists(path)
            ? new GuardedFolder(guard, path)
            : throw new IOException($"There is no folder for a server: {path}");
    }

    /// <summary>Creates a folder and what lives in it; if that fails, the folder is removed.</summary>
    public static async Task<T> CreateAsync<T>(Func<GuardedFolder, Task<T>> fill)
    {
        var folder = await CreateAsync();
        try
        {
            return await fill(folder);
        }
        catch (Exception failure)
        {
            try
            {
                await folder.DisposeAsync();
            }
            catch (IOException another)
            {
                throw new AggregateException(failure, another);
            }
            throw;
        }
    }

    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Ends the servers in the folder, and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isRemoved)
        {
            return;
        }
        _isRemoved = true;
        _guard.StandardInput.Close();
        var complaint = await _guard.StandardOutput.ReadToEndAsync();
        _guard.Dispose();
        if (complaint.Length > 0)
        {
            throw new IOException($"{Path} could not be removed: {complaint.Trim()}");
        }
    }

    private static string Script(string name)
    {
        using var stream = typeof(GuardedFolder).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }
}
