using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Finds out, on a core that has nothing else to do while the databases are being locked, what all migrations of a new database do: most of the time that
/// applying them takes is the first call of each <c>Up</c> and <c>Down</c>. Whoever needs one of them meanwhile waits for that one alone.
/// </summary>
internal static class MigrationWarmUp
{
    public static void Begin(MigrationSet set)
    {
        IMigrationDatabase[] created = [.. set.Databases.Where(database => !database.Storage.Exists)];
        if (created.Length > 0)
        {
            _ = Task.Run(() =>
            {
                Array.ForEach(created, CompiledLookup.Prepare);
                Array.ForEach(created, ComputeChecksums);
            });
        }
    }

    private static void ComputeChecksums(IMigrationDatabase database)
    {
        var program = ProgramMigrations.For(database);
        foreach (var migration in database.Migrations)
        {
            _ = program[migration.Version].Checksum;
        }
    }
}
