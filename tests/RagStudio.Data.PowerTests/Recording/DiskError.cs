namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Linux's error numbers for disk errors.</summary>
internal enum DiskError
{
    None = 0,

    /// <summary>EIO.</summary>
    InputOutput = 5,

    /// <summary>ENOSPC.</summary>
    Full = 28,
}
