using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>
/// Serves SQLite's page reads from larger blocks of the file, because SQLite itself makes a system call for
/// each page. A check reads the pages of a table from last to first, then from first to last, and those of an
/// index in any order. Use it only for a file that no one writes meanwhile, and dispose it before its
/// connection.
/// </summary>
internal sealed unsafe class ReadAhead : IDisposable
{
    /// <summary>More than the number of passes through the file that a check makes at the same time.</summary>
    private const int Pieces = 8;

    private readonly OpenFile* _file;
    private readonly FileMethods* _original;
    private readonly Hook* _hook;
    private readonly byte* _memory;
    private readonly long _fileBytes;
    private readonly ReadAheadPiece[] _pieces;
    private ReadAheadPiece _latest;
    private long _uses;

    private ReadAhead(OpenFile* file, long fileBytes)
    {
        _file = file;
        _original = file->Methods;
        _fileBytes = fileBytes;
        _memory = (byte*)NativeMemory.Alloc(Pieces, ReadAheadPiece.MaxBytes);
        _pieces = new ReadAheadPiece[Pieces];
        for (var i = 0; i < Pieces; i++)
        {
            _pieces[i] = new ReadAheadPiece(_memory + (i * ReadAheadPiece.MaxBytes));
        }
        _latest = _pieces[0];
        _hook = (Hook*)NativeMemory.Alloc((nuint)sizeof(Hook));
        *_hook = new Hook { Methods = *_original, Owner = GCHandle.ToIntPtr(GCHandle.Alloc(this)) };
        _hook->Methods.Version = FileMethods.KnownVersion;
        _hook->Methods.Read = &ReadPage;
        _file->Methods = &_hook->Methods;
    }

    /// <summary>The number of system calls.</summary>
    public long Reads { get; private set; }

    /// <returns><see langword="null"/> if SQLite keeps reading by itself.</returns>
    public static ReadAhead? TryAttach(SqliteConnection connection)
    {
        var file = OpenFile.TryGet(connection);
        var fileBytes = 0L;
        return
            file != null
            && file->Methods->Version >= FileMethods.KnownVersion
            && file->Methods->FileSize(file, &fileBytes) == raw.SQLITE_OK
            ? new ReadAhead(file, fileBytes)
            : null;
    }

    public void Dispose()
    {
        _file->Methods = _original;
        GCHandle.FromIntPtr(_hook->Owner).Free();
        NativeMemory.Free(_hook);
        NativeMemory.Free(_memory);
    }

    /// <summary>SQLite's <c>xRead</c>. No exception may escape.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ReadPage(OpenFile* file, byte* into, int count, long offset)
    {
        var owner = (ReadAhead)GCHandle.FromIntPtr(((Hook*)file->Methods)->Owner).Target!;
        return owner.Read(into, count, offset);
    }

    private int Read(byte* into, int count, long offset)
    {
        if (Find(offset, count) is not { } piece)
        {
            Reads++;
            return _original->Read(_file, into, count, offset);
        }
        _latest = piece;
        piece.LastUse = ++_uses;
        Unsafe.CopyBlockUnaligned(into, piece.Bytes + (offset - piece.Offset), (uint)count);
        return raw.SQLITE_OK;
    }

    private ReadAheadPiece? Find(long offset, int count)
    {
        if (_latest.Holds(offset, count))
        {
            return _latest;
        }
        foreach (var piece in _pieces)
        {
            if (piece.Holds(offset, count))
            {
                return piece;
            }
        }
        return count <= ReadAheadPiece.MaxBytes && offset + count <= _fileBytes ? Fill(offset, count) : null;
    }

    /// <summary>A block that cannot be read completely is not an error: its pages are read one by one.</summary>
    private ReadAheadPiece? Fill(long offset, int count)
    {
        var (piece, from, length) = Next(offset, count);
        Reads++;
        piece.Forget();
        if (_original->Read(_file, piece.Bytes, length, from) != raw.SQLITE_OK)
        {
            return null;
        }
        piece.Hold(from, length);
        return piece;
    }

    private (ReadAheadPiece Piece, long Offset, int Length) Next(long offset, int count)
    {
        var oldest = _pieces[0];
        foreach (var piece in _pieces)
        {
            if (piece.Continue(offset, count, _fileBytes) is var (from, length))
            {
                return (piece, from, length);
            }
            oldest = piece.LastUse < oldest.LastUse ? piece : oldest;
        }
        return (oldest, offset, count);
    }

    /// <summary>The methods that SQLite sees in the file, followed by a field that it does not see.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Hook
    {
        public FileMethods Methods;
        public nint Owner;
    }
}
