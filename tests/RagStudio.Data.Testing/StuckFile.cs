using System.Diagnostics;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>
/// A file that not even root can remove while the object exists. Only root on some file systems of Linux can
/// create one.
/// </summary>
public sealed class StuckFile : IDisposable
{
    private readonly Action _letGo;

    private StuckFile(Action letGo) => _letGo = letGo;

    /// <summary>Ignores the test if the machine does not allow such files.</summary>
    public static void Demand(string folder)
    {
        var probe = Path.Combine(folder, "stuck-probe");
        File.WriteAllText(probe, "");
        try
        {
            Immutable(probe).Dispose();
            Unremovable(probe).Dispose();
        }
        catch (IOException failure)
        {
            Assert.Ignore($"This machine does not allow files to be made unremovable: {failure.Message}");
        }
        finally
        {
            File.Delete(probe);
        }
    }

    /// <summary>Creates one that cannot be written either.</summary>
    public static StuckFile Immutable(string path)
    {
        Run("chattr", "+i", path);
        return new StuckFile(() => Run("chattr", "-i", path));
    }

    /// <summary>
    /// Creates one that can still be written: it is busy, like a file that another program has open on
    /// Windows.
    /// </summary>
    public static StuckFile Unremovable(string path)
    {
        Run("mount", "--bind", path, path);
        return new StuckFile(() => Run("umount", path));
    }

    public void Dispose() => _letGo();

    private static void Run(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException("it is no Linux");
        }
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new IOException(error.Trim());
        }
    }
}
