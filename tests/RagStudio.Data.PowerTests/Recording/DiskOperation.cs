namespace RagStudio.Data.PowerTests.Recording;

/// <summary>An operation on the disk.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Caller">The code that called it.</param>
/// <param name="File">The number that the file got when it was first opened; 0 for an operation on names.</param>
/// <param name="At">The offset of a write, or the new length.</param>
/// <param name="Path">The name, relative to the recorded folder.</param>
/// <param name="Other">The new name of a rename or link, or the target of a symbolic link.</param>
/// <param name="Data">The written bytes.</param>
internal sealed record DiskOperation(
    DiskOperationKind Kind,
    DiskCaller Caller,
    ulong File,
    long At,
    string Path,
    string Other,
    ReadOnlyMemory<byte> Data
)
{
    /// <summary>True for a border, whose position matters more than that of a single write among many.</summary>
    public bool IsBorder => Kind is not (DiskOperationKind.Open or DiskOperationKind.Write or DiskOperationKind.Fault);

    public override string ToString() =>
        $"{Kind} by {Caller} of {(File == 0 ? "" : $"#{File} ")}{Path} {Other} at {At}, {Data.Length} bytes";
}
