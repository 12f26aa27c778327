using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Record;

/// <summary>
/// Finds the ids of other contexts in a shared history table, which EF allows
/// (https://learn.microsoft.com/ef/core/managing-schemas/migrations/history-table): they are neither unknown
/// nor newer.
/// </summary>
internal static class ForeignMigrations
{
    /// <param name="applied">The ids in the table.</param>
    /// <param name="database">The context whose ids are requested.</param>
    /// <param name="history">The file's history; <see langword="null"/> if it has none.</param>
    /// <returns>The ids of this context, and those without a known context.</returns>
    public static IReadOnlyList<string> Remove(
        IReadOnlyList<string> applied,
        ISqliteMigrationDatabase database,
        SqliteHistoryReader? history
    )
    {
        var known = database
            .Migrations.Select(migration => migration.Version)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] unknown = [.. applied.Where(id => !known.Contains(id))];
        if (unknown.Length == 0)
        {
            return applied;
        }
        var appliers = history?.FindAppliers(unknown) ?? new Dictionary<string, SqliteApplier>();
        var beside = new Lazy<IReadOnlySet<string>>(() => OtherContexts.MigrationsIn(applied, known));
        return [.. applied.Where(id => known.Contains(id) || !IsForeign(appliers.GetValueOrDefault(id), id, beside))];
    }

    /// <summary>
    /// The migrator's records decide. Lines of builds that recorded no context only contain a name; for those
    /// the program itself may know better.
    /// </summary>
    private static bool IsForeign(SqliteApplier applier, string id, Lazy<IReadOnlySet<string>> beside) =>
        applier switch
        {
            SqliteApplier.ThisContext => false,
            SqliteApplier.OtherContext => true,
            _ => beside.Value.Contains(id) || applier == SqliteApplier.OtherName,
        };
}
