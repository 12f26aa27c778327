using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Operations;

/// <summary>
/// Creates all migrations of a new database and computes their operations on an idle core while the databases
/// are being locked: most of the time for applying them is spent in the first call of each <c>Up</c> and
/// <c>Down</c>. A caller that needs one of them meanwhile waits only for that one.
/// </summary>
internal static class MigrationWarmUp
{
    public static async ValueTask BeginAsync(MigrationSet set, CancellationToken cancellationToken)
    {
        var created = new List<IMigrationDatabase>();
        foreach (var database in set.Databases)
        {
            if (!await database.Storage.ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                created.Add(database);
            }
        }
        if (created.Count > 0)
        {
            _ = Task.Run(
                () =>
                {
                    created.ForEach(CompiledLookup.Prepare);
                    created.ForEach(ComputeChecksums);
                },
                CancellationToken.None
            );
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
