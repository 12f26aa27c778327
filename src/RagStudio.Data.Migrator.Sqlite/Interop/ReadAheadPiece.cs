namespace RagStudio.Data.Migrator.Sqlite.Interop;

/// <summary>A block of a file in memory.</summary>
internal sealed unsafe class ReadAheadPiece(byte* bytes)
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most bytes that two reads of the same pass may skip: pages of other tables.</summary>
    private const int Nearby = 32 * 1024;

    private const int Growth = 4;

    public byte* Bytes => bytes;

    public long Offset { get; private set; }

    public int Length { get; private set; }

    /// <summary>The time of its last use, on a clock that counts uses.</summary>
    public long LastUse { get; set; }

    public bool Holds(long offset, int count) => offset >= Offset && offset + count <= End;

    /// <summary>
    /// The larger block to read next if a pass that used this one continues at <paramref name="offset"/>.
    /// </summary>
    public (long Offset, int Length)? Continue(long offset, int count, long fileBytes)
    {
        if (Length == 0)
        {
            return null;
        }
        // SQLite reads only a few bytes of the header, which says nothing about the size of a page.
        var most = Math.Clamp(Length * Growth, count, MaxBytes);
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
