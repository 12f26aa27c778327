namespace RagStudio.Data.Migrator;

/// <summary>The databases that rules read, each by its storage's reader.</summary>
internal sealed class RuleDatabases(
    MigrationSet set,
    IReadOnlyDictionary<IDatabaseStorage, StorageView> storages,
    WorkLimits limits
)
{
    public WorkLimits Limits { get; } = limits;

    public IStorageReader ReaderOf(string database) => ViewOf(database)!.Reader;

    public DatabaseSchema SchemaOf(string database) => ViewOf(database)!.Schema;

    /// <summary>Whether everything that a rule reads is there.</summary>
    public bool Has(DatabaseRule rule) => rule.CanRead(database => ViewOf(database)?.Schema);

    private StorageView? ViewOf(string database) =>
        set.Databases.FirstOrDefault(candidate => candidate.Name == database) is { } found
            ? storages.GetValueOrDefault(found.Storage)
            : null;
}
