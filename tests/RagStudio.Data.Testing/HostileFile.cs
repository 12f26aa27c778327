using System.Diagnostics;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>What somebody else may put in the place of a file, to have it hang, or written elsewhere.</summary>
public enum HostileFile
{
    Pipe,
    Link,
    DanglingLink,
    LinkToDevice,
    Folder,
    Huge,
}

public static class HostileFiles
{
    public const string Secret = "somebody else's";

    /// <summary>Puts it where a file may be now.</summary>
    /// <returns>What a link leads to.</returns>
    public static string Put(this HostileFile kind, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such files.");
        }
        File.Delete(path);
        var target = path + "-target";
        switch (kind)
        {
            case HostileFile.Pipe:
                using (var process = Process.Start("mkfifo", [path]))
                {
                    process.WaitForExit();
                }
                break;
            case HostileFile.Link:
                File.WriteAllText(target, Secret);
                File.CreateSymbolicLink(path, target);
                break;
            case HostileFile.DanglingLink:
                File.CreateSymbolicLink(path, target);
                break;
            case HostileFile.LinkToDevice:
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case HostileFile.Folder:
                Directory.CreateDirectory(path);
                break;
            default:
                using (var file = File.Create(path))
                {
                    file.SetLength(1L << 40);
                }
                break;
        }
        return target;
    }
}
