namespace RagStudio.Data.Migrator;

/// <summary>The databases that are migrated as one unit, in their fixed order.</summary>
internal sealed class MigrationSet
{
    public MigrationSet(IEnumerable<IMigrationDatabase> databases)
    {
        Databases = [.. databases];
        if (Databases.Count == 0)
        {
            throw new InvalidOperationException("The migrator has no database: add one to the builder of AddMigrator.");
        }

        var twice = Databases
            .GroupBy(database => database.Name, StringComparer.Ordinal)
            .FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new InvalidOperationException($"The migrator has two databases of the name '{twice.Key}'.");
        }

        Storages = [.. Databases.Select(database => database.Storage).Distinct()];
    }

    public IReadOnlyList<IMigrationDatabase> Databases { get; }

    /// <summary>The distinct storages in the order of their first database: the order in which every run locks them.</summary>
    public IReadOnlyList<IDatabaseStorage> Storages { get; }

    public string DefaultBackupDirectory => Path.Combine(Path.GetDirectoryName(Storages[0].Path) ?? ".", "backups");
}
