using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>The databases that rules read, each by its storage's reader.</summary>
/// <param name="views">The databases by name; one that cannot be read is left out.</param>
/// <param name="limits">How long reading may take.</param>
internal sealed class RuleDatabases(IReadOnlyDictionary<string, StorageView> views, WorkLimits limits)
{
    public WorkLimits Limits { get; } = limits;

    public IStorageReader ReaderOf(string database) => views[database].Reader;

    public DatabaseSchema SchemaOf(string database) => views[database].Schema;

    /// <summary>Whether everything that a rule reads is there.</summary>
    public bool Has(DatabaseRule rule) => rule.CanRead(database => views.GetValueOrDefault(database)?.Schema);
}
