namespace RagStudio.Data.PowerTests.Disk;

/// <summary>A change of the disk's metadata, which its journal keeps in order.</summary>
/// <param name="Number">Its number in that order, from 1.</param>
/// <param name="Touches">The files and folders whose flush writes it to the disk.</param>
/// <param name="Apply">Applies it to the names.</param>
internal sealed record NameChange(
    long Number,
    IReadOnlyList<DiskNode> Touches,
    Action<Dictionary<string, DiskNode>> Apply
);
