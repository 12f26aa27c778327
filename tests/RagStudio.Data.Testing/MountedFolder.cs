using System.Diagnostics;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>
/// A folder on a separate small disk, which may be full or read-only. Only root on Linux can create one.
/// </summary>
public sealed class MountedFolder : IDisposable
{
    private readonly TemporaryFolder _place = new();

    private MountedFolder() { }

    public string Path => _place.Path;

    /// <summary>Mounts a disk, or ignores the test if the machine does not allow it.</summary>
    public static MountedFolder Mount(long kilobytes)
    {
        var folder = new MountedFolder();
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder.Path) is { } error)
        {
            folder._place.Dispose();
            Assert.Ignore($"This machine does not allow a disk to be mounted: {error}");
        }
        return folder;
    }

    public void Resize(long kilobytes) => Remount($"size={kilobytes}k");

    public void MakeReadOnly() => Remount("ro");

    public void Dispose()
    {
        _ = Run("umount", Path);
        _place.Dispose();
    }

    private void Remount(string option)
    {
        if (Run("mount", "-o", $"remount,{option}", Path) is { } error)
        {
            throw new IOException(error);
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "it is no Linux";
        }
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
