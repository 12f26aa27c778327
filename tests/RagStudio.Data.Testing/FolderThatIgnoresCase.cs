using System.ComponentModel;
using System.Diagnostics;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>A folder of a file system that ignores case, as those of Windows and macOS do. On Linux root can mount one where ntfs-3g is installed.</summary>
public sealed class FolderThatIgnoresCase : IDisposable
{
    private const string Kilobytes = "65536";

    private readonly TemporaryFolder _place = new();

    private FolderThatIgnoresCase() { }

    public string Path => _place.Combine("mounted");

    /// <summary>Mounts one, or ignores the test if the machine does not allow it.</summary>
    public static FolderThatIgnoresCase Mount()
    {
        var folder = new FolderThatIgnoresCase();
        var disk = folder._place.Combine("disk");
        Directory.CreateDirectory(folder.Path);
        var error =
            Run("truncate", "-s", Kilobytes + "K", disk)
            ?? Run("mkntfs", "-F", "-Q", "-q", disk)
            ?? Run("lowntfs-3g", disk, folder.Path, "-o", "ignore_case");
        if (error is not null)
        {
            folder._place.Dispose();
            Assert.Ignore($"This machine has no folder that ignores case: {error}");
        }
        return folder;
    }

    public void Dispose()
    {
        _ = Run("umount", Path);
        _place.Dispose();
    }

    private static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{program}: {error.Trim()}";
        }
        catch (Win32Exception failure)
        {
            return $"{program}: {failure.Message}";
        }
    }
}
