using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>
/// A schema that a run has read but not compared with what the applied migrations create: a replay of all of them would
/// keep the database locked.
/// </summary>
/// <param name="Database">The only database of its storage.</param>
/// <param name="Applied">Its applied migrations.</param>
/// <param name="Schema">Its schema.</param>
internal sealed record UncomparedSchema(
    IMigrationDatabase Database,
    IReadOnlyList<string> Applied,
    DatabaseSchema Schema
)
{
    /// <summary>What is recorded if it is as expected.</summary>
    public SchemaFingerprint Fingerprint => SchemaFingerprint.Compute(Applied, Schema);
}
