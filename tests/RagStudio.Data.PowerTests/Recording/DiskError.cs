namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Linux's numbers of the errors that a disk has.</summary>
internal enum DiskError
{
    None = 0,

    /// <summary>EIO.</summary>
    InputOutput = 5,

    /// <summary>ENOSPC.</summary>
    Full = 28,
}
