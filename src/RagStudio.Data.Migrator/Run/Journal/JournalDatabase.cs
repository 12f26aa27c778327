namespace RagStudio.Data.Migrator.Run;

/// <summary>A database of a run that begins.</summary>
/// <param name="Name">The database's name in the set.</param>
/// <param name="Path">Its location.</param>
/// <param name="Versions">The migrations to apply or to revert, in the order of the run.</param>
internal sealed record JournalDatabase(string Name, string Path, IReadOnlyList<string> Versions);
