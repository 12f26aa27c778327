namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// Finds the ids of other contexts in a shared history table, which EF allows
/// (https://learn.microsoft.com/ef/core/managing-schemas/migrations/history-table): they are neither unknown
/// nor newer.
/// </summary>
public static class ForeignMigrations
{
    /// <summary>Removes the ids of other contexts.</summary>
    /// <param name="applied">The ids in the table.</param>
    /// <param name="database">The database of the context whose ids are requested.</param>
    /// <param name="findAppliers">
    /// Looks ids up in the migrator's own history, which decides: true for one that another context applied, false for
    /// one of this context. For ids that are missing in the result the program itself may know better: they are those of
    /// its other contexts. Only called if there are ids that the context does not know.
    /// </param>
    /// <returns>The ids of this context, and those without a known context.</returns>
    public static IReadOnlyList<string> Remove(
        IReadOnlyList<string> applied,
        IMigrationDatabase database,
        Func<IReadOnlyList<string>, IReadOnlyDictionary<string, bool>> findAppliers
    )
    {
        ArgumentNullException.ThrowIfNull(applied);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(findAppliers);
        var known = database
            .Migrations.Select(migration => migration.Version)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] unknown = [.. applied.Where(id => !known.Contains(id))];
        if (unknown.Length == 0)
        {
            return applied;
        }
        var isOthers = findAppliers(unknown);
        var beside = new Lazy<IReadOnlySet<string>>(() => OtherContexts.MigrationsIn(applied, known));
        return
        [
            .. applied.Where(id =>
                known.Contains(id) || !(isOthers.TryGetValue(id, out var others) ? others : beside.Value.Contains(id))
            ),
        ];
    }
}
