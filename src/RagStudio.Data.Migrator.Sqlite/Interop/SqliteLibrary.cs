using System.Runtime.InteropServices;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Functions of the loaded SQLite library that its .NET wrapper lacks or makes expensive. Some bundles do not
/// export them; they are <see langword="null"/> then.
/// </summary>
internal static unsafe class SqliteLibrary
{
    private static readonly nint Handle = Find();

    /// <summary>https://sqlite.org/c3ref/file_control.html.</summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int> FileControl =
        (delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int>)Export("sqlite3_file_control");

    /// <summary>https://sqlite.org/c3ref/txn_state.html.</summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int> TransactionState = (delegate* unmanaged[Cdecl]<
        nint,
        byte*,
        int>)Export("sqlite3_txn_state");

    /// <summary>
    /// https://sqlite.org/c3ref/column_blob.html, on a statement. The wrapper adds a reference to the handle
    /// on each call, which costs more than the call.
    /// </summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, int, byte*> ColumnBlob = (delegate* unmanaged[Cdecl]<
        nint,
        int,
        byte*>)Export("sqlite3_column_blob");

    /// <inheritdoc cref="ColumnBlob"/>
    public static readonly delegate* unmanaged[Cdecl]<nint, int, int> ColumnBytes = (delegate* unmanaged[Cdecl]<
        nint,
        int,
        int>)Export("sqlite3_column_bytes");

    /// <summary>
    /// https://sqlite.org/c3ref/next_stmt.html. The wrapper finds only statements that it was asked to
    /// remember when they were created.
    /// </summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nint> NextStatement = (delegate* unmanaged[Cdecl]<
        nint,
        nint,
        nint>)Export("sqlite3_next_stmt");

    /// <summary>https://sqlite.org/c3ref/reset.html.</summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, int> Reset = (delegate* unmanaged[Cdecl]<nint, int>)Export(
        "sqlite3_reset"
    );

    private static nint Export(string name) =>
        Handle != 0 && NativeLibrary.TryGetExport(Handle, name, out var address) ? address : 0;

    private static nint Find() =>
        NativeLibrary.TryLoad(raw.GetNativeLibraryName(), typeof(raw).Assembly, searchPath: null, out var library)
        && NativeLibrary.TryGetExport(library, "sqlite3_sourceid", out var sourceId)
        && IsInUse((delegate* unmanaged[Cdecl]<byte*>)sourceId)
            ? library
            : 0;

    /// <summary>
    /// Several SQLite libraries of the same name may be loaded, and passing one's connection to another would
    /// crash the process. The source id that the wrapper returns must be at the same address as that of this
    /// library.
    /// </summary>
    private static bool IsInUse(delegate* unmanaged[Cdecl]<byte*> sourceId)
    {
        fixed (byte* told = raw.sqlite3_sourceid())
        {
            return told == sourceId();
        }
    }
}
