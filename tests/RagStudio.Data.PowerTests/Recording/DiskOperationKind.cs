namespace RagStudio.Data.PowerTests.Recording;

/// <summary>The kinds of records of <c>recorder.c</c>, with its numbers.</summary>
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

    /// <summary>An operation that the model of the disk does not know.</summary>
    Foreign,
}
