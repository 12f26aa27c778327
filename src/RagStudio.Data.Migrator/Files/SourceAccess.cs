using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace RagStudio.Data.Migrator.Files;

/// <summary>
/// Gives the files of a database its mode, and its owner if root creates them, as SQLite does with its files
/// (https://sqlite.org/src/file/src/os_unix.c, findCreateFileMode): one run as root must not lock out the database's
/// user. For providers.
/// </summary>
/// <remarks>
/// On Windows files inherit the permissions of their folder, and nothing is done. If the file system keeps no owners or
/// modes, or the process may not change them, the file stays as it was created, accessible to its creator only; as in
/// SQLite, that is no reason to fail a run.
/// </remarks>
public static partial class SourceAccess
{
    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ForFiles =
        OwnersOwn | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The type bits of a mode, and the value for a folder.</summary>
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int RegularType = 0x8000;

    /// <summary>
    /// Sets the permissions of a file. If the database does not exist yet, the file stays accessible to its creator
    /// only.
    /// </summary>
    /// <param name="file">
    /// A file that this process has just created exclusively. Giving away any other file could give away the target of
    /// a planted link.
    /// </param>
    /// <param name="source">The database, or a copy of it.</param>
    public static void Give(SafeFileHandle file, string source)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OperatingSystem.IsWindows() || !File.Exists(source))
        {
            return;
        }
        Give((int)file.DangerousGetHandle(), source, ModeOf(source));
    }

    /// <summary>
    /// Sets the permissions of a folder that this process has just created: readers of the database may list it.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="source">The database.</param>
    public static void GiveFolder(string folder, string source)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(source))
        {
            return;
        }
        var descriptor = OwnFile.Open(folder, NoFollow);
        if (descriptor < 0)
        {
            return;
        }
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        // Another user with write access to the folder may have replaced it in the meantime.
        if (Status(descriptor, out var status) == 0 && status.IsFolder)
        {
            Give(descriptor, source, FolderModeOf(source));
        }
    }

    /// <summary>
    /// Gives a recreated database file the permissions of its copy. SQLite has it open, so it must not be opened a
    /// second time.
    /// </summary>
    /// <param name="database">The database.</param>
    /// <param name="copy">The copy that it was restored from.</param>
    public static void GiveRestored(string database, string copy)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(database).LinkTarget is not null)
        {
            return;
        }
        if (OwnerOf(copy) is var (user, group))
        {
            _ = ChangeOwnerOfName(database, user, group);
        }
        _ = ChangeModeOfName(database, (int)ModeOf(copy));
    }

    /// <summary>Leaves a database no wider permissions than the copy that it will be restored from.</summary>
    internal static void Narrow(string database, string copy)
    {
        if (
            OperatingSystem.IsWindows()
            || !File.Exists(copy)
            || new FileInfo(database) is not { Exists: true, LinkTarget: null }
        )
        {
            return;
        }
        _ = ChangeModeOfName(database, (int)(File.GetUnixFileMode(database) & ModeOf(copy)));
    }

    [UnsupportedOSPlatform("windows")]
    internal static bool IsRegular(SafeFileHandle file) =>
        Status(file.DangerousGetHandle(), out var status) == 0 && status.IsRegular;

    /// <summary>Reads the status of the name itself, without following a link.</summary>
    [UnsupportedOSPlatform("windows")]
    internal static bool IsRegularOrMissing(string path) => StatusOfName(path, out var status) != 0 || status.IsRegular;

    [UnsupportedOSPlatform("windows")]
    private static void Give(int descriptor, string source, UnixFileMode mode)
    {
        // Change the owner first: root can still change the mode of a file that it has given away, and until
        // then no one else can open it.
        if (OwnerOf(source) is var (user, group))
        {
            _ = ChangeOwner(descriptor, user, group);
        }
        _ = ChangeMode(descriptor, (int)mode);
    }

    /// <summary>The mode of a file, no wider than its source's; its owner can always use it.</summary>
    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode ModeOf(string source) => (File.GetUnixFileMode(source) & ForFiles) | OwnersOwn;

    [UnsupportedOSPlatform("windows")]
    private static UnixFileMode FolderModeOf(string source)
    {
        var mode = ModeOf(source);
        return mode
            | UnixFileMode.UserExecute
            | (mode.HasFlag(UnixFileMode.GroupRead) ? UnixFileMode.GroupExecute : 0)
            | (mode.HasFlag(UnixFileMode.OtherRead) ? UnixFileMode.OtherExecute : 0);
    }

    /// <summary>The owner of a new file; <see langword="null"/> if this process cannot give files away.</summary>
    private static (uint User, uint Group)? OwnerOf(string source) =>
        Environment.IsPrivilegedProcess && Status(source, out var status) == 0 ? (status.User, status.Group) : null;

    /// <summary>O_NOFOLLOW, whose value differs between systems and some processors.</summary>
    internal static int NoFollow =>
        !OperatingSystem.IsLinux() ? 0x100
        : RuntimeInformation.ProcessArchitecture
            is Architecture.Arm
                or Architecture.Arm64
                or Architecture.Armv6
                or Architecture.Ppc64le
            ? 0x8000
        : 0x20000;

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(int descriptor, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "lchown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwnerOfName(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chmod", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeModeOfName(string path, int mode);

    [LibraryImport("libc", EntryPoint = "fchmod")]
    private static partial int ChangeMode(int descriptor, int mode);

    // stat(2) has a different layout on every system; that of the runtime's own library is always the same.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(string path, out FileStatus status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOfName(string path, out FileStatus status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    private static partial int Status(nint descriptor, out FileStatus status);

    /// <summary>The first fields of the runtime's structure, and room for the rest of it.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(8)]
        public uint User;

        [FieldOffset(12)]
        public uint Group;

        public readonly bool IsFolder => (Mode & TypeMask) == FolderType;

        public readonly bool IsRegular => (Mode & TypeMask) == RegularType;
    }
}
