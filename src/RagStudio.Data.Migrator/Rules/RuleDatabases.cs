using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>The databases that rules read, each through its storage's reader.</summary>
/// <param name="views">The databases by name; one that cannot be read is left out.</param>
/// <param name="limits">The limits of reading.</param>
internal sealed class RuleDatabases(IReadOnlyDictionary<string, StorageView> views, WorkLimits limits)
{
    public WorkLimits Limits { get; } = limits;

    public IStorageReader ReaderOf(string database) => views[database].Reader;

    public DatabaseSchema SchemaOf(string database) => views[database].Schema;

    /// <summary>True if everything that a rule reads exists.</summary>
    public bool Has(DatabaseRule rule) => rule.CanRead(database => views.GetValueOrDefault(database)?.Schema);
}
