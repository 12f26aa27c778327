namespace RagStudio.Data.PowerTests.Recording;

/// <summary>Linux's error numbers for disk errors, and for calls that a file system does not support.</summary>
internal enum DiskError
{
    None = 0,

    /// <summary>EIO.</summary>
    InputOutput = 5,

    /// <summary>EINVAL.</summary>
    Invalid = 22,

    /// <summary>ENOSPC.</summary>
    Full = 28,

    /// <summary>ENOTSUP.</summary>
    NotSupported = 95,
}
