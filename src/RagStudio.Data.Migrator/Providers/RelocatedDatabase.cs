namespace RagStudio.Data.Migrator.Providers;

/// <summary>A database that moves to another storage.</summary>
/// <param name="From">The database where it is.</param>
/// <param name="To">The same database where it will be.</param>
/// <param name="Tables">Its tables, without those of EF and the migrator.</param>
public sealed record RelocatedDatabase(IMigrationDatabase From, IMigrationDatabase To, IReadOnlyList<string> Tables);
