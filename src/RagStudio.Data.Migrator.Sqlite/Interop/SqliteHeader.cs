using System.Buffers.Binary;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>The first bytes of a database file: https://sqlite.org/fileformat.html#the_database_header.</summary>
internal static class SqliteHeader
{
    public const int Bytes = 100;

    /// <summary>Where the number of bytes stands that every page keeps free for an extension.</summary>
    public const int ReservedBytes = 20;

    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte RollbackJournal = 1;

    /// <summary>
    /// Alone in its folder, a database in WAL mode could not be opened by a reader who may not write there. It differs from one with a rollback
    /// journal by these bytes only, as long as its WAL is empty.
    /// </summary>
    public static void ClearWalMode(Span<byte> file) =>
        (file[WriteVersion], file[ReadVersion]) = (RollbackJournal, RollbackJournal);

    /// <summary>True if it is one at all: a codec leaves none that can be read.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> header) => header.StartsWith("SQLite format 3\0"u8);

    public static bool IsInWal(ReadOnlySpan<byte> header) => header[ReadVersion] != RollbackJournal;

    /// <summary>Where the number does not fit into the two bytes, 1 stands for it.</summary>
    public static int PageBytes(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var told && told == 1 ? 65536 : told;

    /// <summary>Counts changes of page 1: in WAL mode each connection that makes one counts one more than what it has read there.</summary>
    public static uint ChangeCounter(ReadOnlySpan<byte> header) => Number(header, 24);

    /// <summary>The size of the database; <see langword="null"/> where it was last written by a version that does not tell.</summary>
    public static uint? Pages(ReadOnlySpan<byte> header) =>
        Number(header, 92) == ChangeCounter(header) && Number(header, 28) is > 0 and var pages ? pages : null;

    /// <summary>Counts changes of the schema.</summary>
    public static uint SchemaCookie(ReadOnlySpan<byte> header) => Number(header, 40);

    /// <summary>Of texts; 0 for a database that has held nothing yet.</summary>
    public static uint Encoding(ReadOnlySpan<byte> header) => Number(header, 56);

    private static uint Number(ReadOnlySpan<byte> header, int offset) =>
        BinaryPrimitives.ReadUInt32BigEndian(header[offset..]);
}
