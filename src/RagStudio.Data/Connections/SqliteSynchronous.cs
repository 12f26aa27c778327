namespace RagStudio.Data;

/// <summary>The times when SQLite flushes to disk, as in <c>PRAGMA synchronous</c>.</summary>
/// <remarks>OFF is not offered: it can leave a corrupt file after a power failure.</remarks>
public enum SqliteSynchronous
{
    /// <summary>
    /// At checkpoints: the last commits may be lost in a power failure, but the file stays consistent.
    /// </summary>
    Normal = 1,

    /// <summary>At every commit: committed data survives a power failure.</summary>
    Full = 2,

    /// <summary>Like <see cref="Full"/>, and also the folder of a deleted journal; no stronger in WAL mode.</summary>
    Extra = 3,
}
