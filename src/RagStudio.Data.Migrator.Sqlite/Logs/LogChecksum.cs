using System.Buffers.Binary;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>The running checksum of a write-ahead log: https://sqlite.org/fileformat.html#checksum_algorithm.</summary>
internal struct LogChecksum(bool isBigEndian)
{
    private uint _first;
    private uint _second;

    /// <param name="bytes">A multiple of eight bytes.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            _first += Word(bytes) + _second;
            _second += Word(bytes[4..]) + _first;
        }
    }

    public readonly bool Is(ReadOnlySpan<byte> stored) =>
        BinaryPrimitives.ReadUInt32BigEndian(stored) == _first
        && BinaryPrimitives.ReadUInt32BigEndian(stored[4..]) == _second;

    private readonly uint Word(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
