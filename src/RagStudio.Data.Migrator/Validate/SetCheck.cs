namespace RagStudio.Data.Migrator;

/// <summary>What the checks of a set found.</summary>
/// <param name="Databases">A check per database, and one for what is across them where there are such rules.</param>
/// <param name="Schemas">The schema of each storage whose structure is sound.</param>
internal sealed record SetCheck(
    IReadOnlyList<DatabaseCheck> Databases,
    IReadOnlyDictionary<IDatabaseStorage, DatabaseSchema> Schemas
)
{
    public static SetCheck Nothing { get; } = new([], new Dictionary<IDatabaseStorage, DatabaseSchema>());

    public DatabaseSchema? SchemaOf(IDatabaseStorage storage) => Schemas.GetValueOrDefault(storage);

    public IEnumerable<ValidationFinding> FindingsOf(string database) =>
        Databases.FirstOrDefault(check => check.Database == database)?.Findings ?? [];
}
