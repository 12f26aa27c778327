namespace RagStudio.Data.Migrator;

/// <summary>A database that a restore has left as it was, because the backup set has no copy of it.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Version">The version that it stays at; <see langword="null"/> if no migration is applied to it.</param>
public sealed record LeftDatabase(string Database, string? Version);
