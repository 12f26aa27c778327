using System.Runtime.InteropServices;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// A <c>sqlite3_io_methods</c>: https://sqlite.org/c3ref/io_methods.html. All versions share the fields up to
/// <see cref="FileSize"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct FileMethods
{
    public readonly int Version;
    public readonly void* Close;
    public readonly delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
    public readonly void* Write;
    public readonly void* Truncate;
    public readonly void* Sync;
    public readonly delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
    public readonly void* Lock;
    public readonly void* Unlock;
    public readonly void* CheckReservedLock;
    public readonly void* FileControl;
    public readonly void* SectorSize;
    public readonly void* DeviceCharacteristics;
    public readonly void* ShmMap;
    public readonly void* ShmLock;
    public readonly void* ShmBarrier;
    public readonly void* ShmUnmap;

    /// <summary>Since version 3.</summary>
    public readonly delegate* unmanaged[Cdecl]<OpenFile*, long, int, void**, int> Fetch;

    /// <summary>Since version 3.</summary>
    public readonly delegate* unmanaged[Cdecl]<OpenFile*, long, void*, int> Unfetch;
}
