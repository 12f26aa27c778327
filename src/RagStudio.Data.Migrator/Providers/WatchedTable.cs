namespace RagStudio.Data.Migrator.Providers;

/// <summary>A table that was there before the run and whose rows are watched.</summary>
/// <param name="Name">What it is called now.</param>
/// <param name="Original">What it was called before the run.</param>
/// <param name="Rows">How many rows it has now.</param>
public sealed record WatchedTable(string Name, string Original, long Rows);
