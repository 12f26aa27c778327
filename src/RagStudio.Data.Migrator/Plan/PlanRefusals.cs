using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Decides if the ids of a database allow a run.</summary>
internal sealed class PlanRefusals(MigrationOptions options, BackupStore backups)
{
    /// <returns>The reason why not; <see langword="null"/> if they do.</returns>
    public async Task<MigrationException?> FindAsync(MigrationComparison plan, CancellationToken cancellationToken) =>
        await FindNewerAsync(plan, cancellationToken).ConfigureAwait(false) ?? MigrationPlanner.Refusal(plan, options);

    /// <returns>The refusal of a database that a newer program wrote; otherwise <see langword="null"/>.</returns>
    public async Task<DatabaseNewerException?> FindNewerAsync(
        MigrationComparison plan,
        CancellationToken cancellationToken
    )
    {
        var newer = plan.NewerFor(options.UnknownMigrations);
        if (newer.Count == 0)
        {
            return null;
        }
        var usable = await backups
            .FindNewestAsync(
                (database, copy) => copy is not null && BackupMatch.Knows(database, copy),
                cancellationToken
            )
            .ConfigureAwait(false);
        return new DatabaseNewerException(plan.Database, newer, usable, mayBeForeign: plan.Recorded.Count == 0);
    }
}
