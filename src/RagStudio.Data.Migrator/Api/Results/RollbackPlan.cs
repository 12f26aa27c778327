namespace RagStudio.Data.Migrator;

/// <summary>What a rollback would do.</summary>
/// <param name="Version">The migration id that it would go back to; <c>0</c> for none at all.</param>
/// <param name="Databases">Every database of the set with what would be reverted.</param>
public sealed record RollbackPlan(string Version, IReadOnlyList<DatabaseRollback> Databases);
