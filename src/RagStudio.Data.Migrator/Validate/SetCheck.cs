using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>What the checks of a set found.</summary>
/// <param name="Databases">A check per database, and one for what is across them where there are such rules.</param>
/// <param name="Schemas">The schema of each storage whose structure is sound.</param>
/// <param name="Fingerprints">By the names of the databases whose schema is as it should be, what tells later that nothing has changed.</param>
internal sealed record SetCheck(
    IReadOnlyList<DatabaseCheck> Databases,
    IReadOnlyDictionary<IDatabaseStorage, DatabaseSchema> Schemas,
    IReadOnlyDictionary<string, SchemaFingerprint> Fingerprints
)
{
    public static SetCheck Nothing { get; } =
        new([], new Dictionary<IDatabaseStorage, DatabaseSchema>(), new Dictionary<string, SchemaFingerprint>());

    /// <summary>The same with one check replaced by another of the same name.</summary>
    public SetCheck With(DatabaseCheck replacement) =>
        this with
        {
            Databases = [.. Databases.Select(check => check.Database == replacement.Database ? replacement : check)],
        };

    public DatabaseSchema? SchemaOf(IDatabaseStorage storage) => Schemas.GetValueOrDefault(storage);

    public IEnumerable<ValidationFinding> FindingsOf(string database) =>
        Databases.FirstOrDefault(check => check.Database == database)?.Findings ?? [];
}
