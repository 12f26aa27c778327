namespace RagStudio.Data;

/// <summary>When SQLite flushes to disk, as in <c>PRAGMA synchronous</c>.</summary>
/// <remarks>OFF is left out: it can leave a corrupt file behind after a power cut.</remarks>
public enum SqliteSynchronous
{
    /// <summary>At checkpoints: the last commits may be lost in a power cut, the file stays consistent.</summary>
    Normal = 1,

    /// <summary>At every commit: what was committed survives a power cut.</summary>
    Full = 2,

    /// <summary>As <see cref="Full"/>, and the folder of a deleted journal as well; no stronger in WAL mode.</summary>
    Extra = 3,
}
