using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// A <c>sqlite3_io_methods</c> of version 3, the latest one: https://sqlite.org/c3ref/io_methods.html.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FileMethods
{
    public const int KnownVersion = 3;

    public int Version;
    public void* Close;
    public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
    public void* Write;
    public void* Truncate;
    public void* Sync;
    public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
    private MethodsAfterFileSize _others;

    [InlineArray(12)]
    private struct MethodsAfterFileSize
    {
        private nint _first;
    }
}
