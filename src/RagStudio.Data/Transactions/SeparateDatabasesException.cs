namespace RagStudio.Data;

/// <summary>
/// Thrown when rows and events would have to be committed as one, but are in two databases; nothing was written.
/// </summary>
public sealed class SeparateDatabasesException()
    : Exception(
        "The rows and the events are in two databases, which cannot be committed as one. Nothing was written: choose "
            + $"{nameof(TransactionKind)}.{nameof(TransactionKind.AppMetaThenEvents)} or "
            + $"{nameof(TransactionKind.EventsThenAppMeta)}, or keep both in one database."
    );
