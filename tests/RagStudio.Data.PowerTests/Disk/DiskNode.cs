namespace RagStudio.Data.PowerTests.Disk;

/// <summary>What a name of the disk leads to.</summary>
internal abstract class DiskNode;

/// <summary>A folder. Its names are the model's.</summary>
internal sealed class DiskFolder : DiskNode;

/// <summary>A symbolic link.</summary>
internal sealed class DiskLink(string target) : DiskNode
{
    public string Target { get; } = target;
}
