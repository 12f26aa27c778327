using System.Buffers.Binary;

namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>The first bytes of a database file: https://sqlite.org/fileformat.html#the_database_header.</summary>
internal static class SqliteHeader
{
    public const int Bytes = 100;

    /// <summary>The offset of the number of bytes that each page reserves for extensions.</summary>
    public const int ReservedBytes = 20;

    private const int WriteVersion = 18;
    private const int ReadVersion = 19;
    private const byte RollbackJournal = 1;

    /// <summary>
    /// Clears the WAL mode flags. A reader without write access to the folder could not open a lone database
    /// in WAL mode. As long as its WAL is empty, these bytes are all that distinguishes it from one with a
    /// rollback journal.
    /// </summary>
    public static void ClearWalMode(Span<byte> file) =>
        (file[WriteVersion], file[ReadVersion]) = (RollbackJournal, RollbackJournal);

    /// <summary>True if the header is readable at all: a codec encrypts it.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> header) => header.StartsWith("SQLite format 3\0"u8);

    public static bool IsInWal(ReadOnlySpan<byte> header) => header[ReadVersion] != RollbackJournal;

    /// <summary>The value 1 stands for a size that does not fit into the two bytes.</summary>
    public static int PageBytes(ReadOnlySpan<byte> header) =>
        BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var bytes && bytes == 1 ? 65536 : bytes;

    /// <summary>
    /// Counts the changes of page 1. In WAL mode each connection that changes it adds one to the value that
    /// it read there.
    /// </summary>
    public static uint ChangeCounter(ReadOnlySpan<byte> header) => Number(header, 24);

    /// <summary>
    /// The size of the database; <see langword="null"/> if it was last written by a version that does not
    /// record it.
    /// </summary>
    public static uint? Pages(ReadOnlySpan<byte> header) =>
        Number(header, 92) == ChangeCounter(header) && Number(header, 28) is > 0 and var pages ? pages : null;

    /// <summary>Counts changes of the schema.</summary>
    public static uint SchemaCookie(ReadOnlySpan<byte> header) => Number(header, 40);

    /// <summary>The encoding of text; 0 for a database that has never held any.</summary>
    public static uint Encoding(ReadOnlySpan<byte> header) => Number(header, 56);

    private static uint Number(ReadOnlySpan<byte> header, int offset) =>
        BinaryPrimitives.ReadUInt32BigEndian(header[offset..]);
}
