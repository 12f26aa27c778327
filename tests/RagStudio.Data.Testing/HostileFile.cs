using System.Diagnostics;
using NUnit.Framework;

namespace RagStudio.Data.Testing;

/// <summary>What another user may put in place of a file, to block readers or redirect writes.</summary>
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

    /// <summary>Puts it at the path of a file, which may exist.</summary>
    /// <returns>The target of a link.</returns>
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
