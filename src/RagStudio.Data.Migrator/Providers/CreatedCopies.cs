namespace RagStudio.Data.Migrator.Providers;

/// <summary>A backup set that the engine has made for a session.</summary>
/// <param name="Set">The set.</param>
/// <param name="Folder">The path of its folder.</param>
public sealed record CreatedCopies(BackupSet Set, string Folder);
