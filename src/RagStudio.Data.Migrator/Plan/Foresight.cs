namespace RagStudio.Data.Migrator;

/// <summary>
/// Finds out, on a core that has nothing else to do while the databases are being locked, what all migrations of a new database do: most of the time that
/// applying them takes is the first call of each <c>Up</c> and <c>Down</c>.
/// </summary>
internal static class Foresight
{
    /// <returns>Ends when it is known. Whoever needs it waits for that: migrations are the application's own and know nothing of several threads.</returns>
    public static Task BeginAsync(MigrationSet set)
    {
        IMigrationDatabase[] created = [.. set.Databases.Where(database => !database.Storage.Exists)];
        return created.Length == 0 ? Task.CompletedTask : Task.Run(() => Array.ForEach(created, Foresee));
    }

    private static void Foresee(IMigrationDatabase database) =>
        CompiledLookup.Find(database, [.. database.Migrations.Select(migration => migration.Version)]);
}
