namespace RagStudio.Data.PowerTests.Disk;

/// <summary>The target of a name on the disk.</summary>
internal abstract class DiskNode;

/// <summary>A folder. The model keeps its names.</summary>
internal sealed class DiskFolder : DiskNode;

/// <summary>A symbolic link.</summary>
internal sealed class DiskLink(string target) : DiskNode
{
    public string Target { get; } = target;
}
