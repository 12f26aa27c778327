namespace RagStudio.Data;

/// <summary>The storage of SQLite's temporary tables and sorts, as in <c>PRAGMA temp_store</c>.</summary>
public enum SqliteTempStore
{
    /// <summary>The compiled-in default: a file.</summary>
    Default = 0,

    /// <summary>A temporary file.</summary>
    File = 1,

    /// <summary>Memory.</summary>
    Memory = 2,
}
