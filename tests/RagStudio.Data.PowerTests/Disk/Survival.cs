namespace RagStudio.Data.PowerTests.Disk;

/// <summary>What of that which was not flushed is on the disk after the power has failed.</summary>
internal enum Survival
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Everything, as after a kill.</summary>
    Everything,

    /// <summary>All names and no content.</summary>
    Names,

    /// <summary>All content, and no names.</summary>
    Content,

    /// <summary>Names up to one of them, and of each file some pages, in one of the versions that they had, or torn.</summary>
    Part,
}
