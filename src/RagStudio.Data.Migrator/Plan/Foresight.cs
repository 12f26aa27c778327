namespace RagStudio.Data.Migrator;

/// <summary>
/// Finds out, on a core that has nothing else to do while the databases are being locked, what all migrations of a new database do: most of the time that
/// applying them takes is the first call of each <c>Up</c> and <c>Down</c>.
/// </summary>
internal static class Foresight
{
    /// <returns>
    /// Ends when every migration was created. Whoever needs one waits for that: they are the application's own and know nothing of several threads. Their
    /// checksums, which ask nothing of the application any more, may be found out beside the plan.
    /// </returns>
    public static Task BeginAsync(MigrationSet set)
    {
        IMigrationDatabase[] created = [.. set.Databases.Where(database => !database.Storage.Exists)];
        return created.Length == 0
            ? Task.CompletedTask
            : Task.Run(() =>
            {
                Array.ForEach(created, Create);
                _ = Task.Run(() => Array.ForEach(created, FindCompiled));
            });
    }

    private static void Create(IMigrationDatabase database)
    {
        var program = ProgramMigrations.Of(database);
        foreach (var migration in database.Migrations)
        {
            program[migration.Version].Create();
        }
    }

    private static void FindCompiled(IMigrationDatabase database) =>
        CompiledLookup.Find(database, [.. database.Migrations.Select(migration => migration.Version)]);
}
