namespace RagStudio.Data;

/// <summary>The databases that a transaction covers, and the order in which two of them are committed.</summary>
public enum TransactionKind
{
    /// <summary>Rows and events, committed as one; refused if they are in two databases.</summary>
    Atomic,

    /// <summary>The rows alone.</summary>
    AppMeta,

    /// <summary>The events alone.</summary>
    Events,

    /// <summary>
    /// Rows and events. In two databases the rows are committed and flushed first: after a power failure in between, the
    /// rows are there without their event. For creating and changing what an event refers to.
    /// </summary>
    AppMetaThenEvents,

    /// <summary>
    /// Rows and events. In two databases the events are committed first: after a power failure in between, the events are
    /// there and the rows are as they were. For deleting what an event refers to.
    /// </summary>
    EventsThenAppMeta,
}
