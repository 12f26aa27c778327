namespace RagStudio.Data.PowerTests.Recording;

/// <summary>The calls that can be made to fail.</summary>
internal enum FaultClass
{
    Sync,
    Write,
    Rename,
    Unlink,
    Truncate,
    Create,
}
