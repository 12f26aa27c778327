namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>The present size of a table.</summary>
/// <param name="Bytes">Its size without its indexes, with all its partitions.</param>
/// <param name="Rows">The estimated number of its rows.</param>
internal readonly record struct LiveSize(long Bytes, long Rows);
