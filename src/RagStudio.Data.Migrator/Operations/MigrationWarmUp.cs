using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Creates all migrations of a new database and computes what they do, on an idle core while the databases are being
/// locked: most of the time of applying them is the first call of each <c>Up</c> and <c>Down</c>. A caller that needs
/// one of them meanwhile waits only for that one.
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
