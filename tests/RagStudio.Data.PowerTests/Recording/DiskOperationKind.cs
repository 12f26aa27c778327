namespace RagStudio.Data.PowerTests.Recording;

/// <summary>What <c>recorder.c</c> records, by its numbers.</summary>
internal enum DiskOperationKind
{
    None = 0,
    Open = 1,
    Create,
    Write,
    Truncate,
    Allocate,
    Sync,
    SyncFailed,
    Rename,
    Unlink,
    MakeFolder,
    RemoveFolder,
    Link,
    SymbolicLink,

    /// <summary>A call that was made to fail.</summary>
    Fault,

    /// <summary>Something that the model of the disk does not know.</summary>
    Foreign,
}
