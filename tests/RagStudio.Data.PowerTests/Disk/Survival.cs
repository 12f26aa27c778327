namespace RagStudio.Data.PowerTests.Disk;

/// <summary>The unflushed data that is on the disk after a power failure.</summary>
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

    /// <summary>
    /// Names up to one of them, and some pages of each file, in one of the versions that they had, or torn.
    /// </summary>
    Part,
}
