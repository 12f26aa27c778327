namespace RagStudio.Data.PowerTests.Disk;

/// <summary>A change of a file's content or length that was not flushed.</summary>
/// <param name="At">The offset of the bytes; for a change of the length, the new one.</param>
/// <param name="Data">The bytes; empty for a change of the length.</param>
/// <param name="Cut">For a truncation, its number among the changes of metadata; otherwise 0.</param>
internal sealed record FileChange(long At, ReadOnlyMemory<byte> Data, long Cut = 0)
{
    public long End => At + Data.Length;

    public bool IsCut => Cut > 0;
}
