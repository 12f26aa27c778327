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

    /// <summary>
    /// Mounts a file system in a file, or ignores the test if the machine does not allow it or lacks the file system's
    /// program.
    /// </summary>
    /// <param name="fileSystem">Such as <c>xfs</c>.</param>
    /// <param name="megabytes">Its size. XFS has at least 300 MB.</param>
    public static MountedFolder MountImage(string fileSystem, int megabytes)
    {
        var folder = new MountedFolder();
        using (var file = File.Create(folder.Image))
        {
            file.SetLength((long)megabytes << 20);
        }
        if (
            (Run($"mkfs.{fileSystem}", "-q", folder.Image) ?? Run("mount", "-o", "loop", folder.Image, folder.Path)) is
            { } error
        )
        {
            File.Delete(folder.Image);
            folder._place.Dispose();
            Assert.Ignore($"This machine does not allow {fileSystem} to be mounted: {error}");
        }
        return folder;
    }

    /// <summary>The space that its files take, in bytes, when everything is written.</summary>
    public long UsedBytes()
    {
        _ = Run("sync", "-f", Path);
        var disk = new DriveInfo(Path);
        return disk.TotalSize - disk.TotalFreeSpace;
    }

    public void Resize(long kilobytes) => Remount($"size={kilobytes}k");

    public void MakeReadOnly() => Remount("ro");

    public void Dispose()
    {
        _ = Run("umount", Path);
        _place.Dispose();
        File.Delete(Image);
    }

    /// <summary>In memory where possible: a flush then costs nothing.</summary>
    private string Image =>
        System.IO.Path.Combine(
            Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath(),
            System.IO.Path.GetFileName(Path) + ".image"
        );

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
        using var process = TryStart(program, arguments);
        if (process is null)
        {
            return $"there is no {program}";
        }
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }

    private static Process? TryStart(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
