using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>The findings of the checks of a set.</summary>
/// <param name="Databases">A check for each database, and one across databases if there are such rules.</param>
/// <param name="Schemas">The schema of each storage with a sound structure.</param>
/// <param name="Fingerprints">
/// By database name, the fingerprint of each schema found as expected, which later shows that nothing has
/// changed.
/// </param>
internal sealed record SetCheck(
    IReadOnlyList<DatabaseCheck> Databases,
    IReadOnlyDictionary<IDatabaseStorage, DatabaseSchema> Schemas,
    IReadOnlyDictionary<string, SchemaFingerprint> Fingerprints
)
{
    /// <summary>The size of each storage that was read, in bytes.</summary>
    public IReadOnlyDictionary<IDatabaseStorage, long> Sizes { get; init; } = new Dictionary<IDatabaseStorage, long>();

    /// <summary>The schemas that were not compared with what all applied migrations create.</summary>
    public IReadOnlyList<UncomparedSchema> Uncompared { get; init; } = [];

    public static SetCheck Nothing { get; } =
        new([], new Dictionary<IDatabaseStorage, DatabaseSchema>(), new Dictionary<string, SchemaFingerprint>());

    /// <summary>Replaces the check of the same name.</summary>
    public SetCheck With(DatabaseCheck replacement) =>
        this with
        {
            Databases = [.. Databases.Select(check => check.Database == replacement.Database ? replacement : check)],
        };

    public DatabaseSchema? SchemaOf(IDatabaseStorage storage) => Schemas.GetValueOrDefault(storage);

    public IEnumerable<ValidationFinding> FindingsOf(string database) =>
        Databases.FirstOrDefault(check => check.Database == database)?.Findings ?? [];
}
