namespace RagStudio.Data.Migrator;

/// <summary>
/// The rows on which migrations were rehearsed, if those were not all of them. <b>Rows outside the sample may still
/// violate a new constraint.</b>
/// </summary>
/// <param name="Rows">The number of rows of all copies.</param>
/// <param name="TotalRows">The number of rows of the databases, estimated for the tables that were not copied completely.</param>
/// <param name="Tables">The tables that were not copied completely.</param>
public sealed record RehearsalSample(long Rows, long TotalRows, IReadOnlyList<string> Tables);
