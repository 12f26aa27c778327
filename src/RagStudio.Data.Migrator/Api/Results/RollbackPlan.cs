namespace RagStudio.Data.Migrator;

/// <summary>The plan of a rollback.</summary>
/// <param name="Version">The target migration id; <c>0</c> to revert all migrations.</param>
/// <param name="Databases">Every database of the set with the migrations to revert.</param>
public sealed record RollbackPlan(string Version, IReadOnlyList<DatabaseRollback> Databases);
