using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>A table with one of its present foreign keys.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">The key.</param>
internal sealed record PlannedReference(PlannedTable Table, ForeignKeySchema Key);
