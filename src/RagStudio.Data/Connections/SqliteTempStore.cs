namespace RagStudio.Data;

/// <summary>Where SQLite keeps temporary tables and sorts, as in <c>PRAGMA temp_store</c>.</summary>
public enum SqliteTempStore
{
    /// <summary>As SQLite was compiled: a file.</summary>
    Default = 0,

    /// <summary>A temporary file.</summary>
    File = 1,

    /// <summary>Memory.</summary>
    Memory = 2,
}
