using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>A finding in one of several databases.</summary>
/// <param name="Database">The database's name in the set.</param>
/// <param name="Finding">The finding.</param>
internal sealed record DatabaseFinding(string Database, ValidationFinding Finding);
