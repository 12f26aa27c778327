namespace RagStudio.Data.Migrator.Providers;

/// <summary>A table that existed before the run, and whose rows are watched.</summary>
/// <param name="Name">Its present name.</param>
/// <param name="Original">Its name before the run.</param>
/// <param name="Rows">The present number of its rows.</param>
public sealed record WatchedTable(string Name, string Original, long Rows);
