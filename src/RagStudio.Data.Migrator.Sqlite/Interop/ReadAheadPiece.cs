namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>A part of a file that is in memory.</summary>
internal sealed unsafe class ReadAheadPiece(byte* bytes)
{
    public const int MostBytes = 256 * 1024;

    /// <summary>How many bytes may be left out between two reads of the same pass: pages of other tables.</summary>
    private const int Nearby = 32 * 1024;

    private const int Growth = 4;

    public byte* Bytes => bytes;

    public long Offset { get; private set; }

    public int Length { get; private set; }

    /// <summary>When it was last of use, on a clock that counts uses.</summary>
    public long LastUse { get; set; }

    public bool Holds(long offset, int count) => offset >= Offset && offset + count <= End;

    /// <summary>The larger part to read next, where a pass that has come to this piece goes on at <paramref name="offset"/>.</summary>
    public (long Offset, int Length)? Continue(long offset, int count, long fileBytes)
    {
        if (Length == 0)
        {
            return null;
        }
        // Of the header SQLite reads a few bytes only, by which no page can be measured.
        var most = Math.Clamp(Length * Growth, count, MostBytes);
        if (offset >= End && offset < End + Nearby)
        {
            return (offset, (int)Math.Min(most, fileBytes - offset));
        }
        var end = offset + count;
        if (end <= Offset && end > Offset - Nearby)
        {
            var from = Math.Max(0, end - most);
            return (from, (int)(end - from));
        }
        return null;
    }

    public void Hold(long offset, int length) => (Offset, Length) = (offset, length);

    public void Forget() => Length = 0;

    private long End => Offset + Length;
}
