using System.Runtime.InteropServices;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// The beginning of a <c>sqlite3_io_methods</c>, which all versions share:
/// https://sqlite.org/c3ref/io_methods.html.
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
}
