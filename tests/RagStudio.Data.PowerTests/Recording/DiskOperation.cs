namespace RagStudio.Data.PowerTests.Recording;

/// <summary>One operation on the disk.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Caller">By whom.</param>
/// <param name="File">The file, by the number that it got when it was first opened; 0 where the operation is on names.</param>
/// <param name="At">The offset of a write, or the new length.</param>
/// <param name="Path">The name, relative to the recorded folder.</param>
/// <param name="Other">The new name of a rename or link, or what a symbolic link leads to.</param>
/// <param name="Data">What was written.</param>
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
    /// <summary>A border: where it stands matters more than where one write of many stands.</summary>
    public bool IsBorder => Kind is not (DiskOperationKind.Open or DiskOperationKind.Write or DiskOperationKind.Fault);

    public override string ToString() =>
        $"{Kind} by {Caller} of {(File == 0 ? "" : $"#{File} ")}{Path} {Other} at {At}, {Data.Length} bytes";
}
