namespace RagStudio.Data;

/// <summary>The database systems that RAG Studio's data can be stored in.</summary>
public enum DataProvider
{
    /// <summary>SQLite: files in <see cref="RagStudioDataOptions.DataDirectory"/>, for one machine.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL, for many; needs the package <c>RagStudio.Data.PostgreSql</c>.</summary>
    PostgreSql = 1,
}
