using RagStudio.Data.Migrator.Migrations;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Plan;

/// <summary>Decides if the ids of a database allow a run.</summary>
internal sealed class PlanRefusals(MigrationOptions options, BackupStore backups)
{
    /// <returns>The reason why not; <see langword="null"/> if they do.</returns>
    public Task<MigrationException?> FindAsync(MigrationComparison plan, CancellationToken cancellationToken) =>
        plan.NewerFor(options.UnknownMigrations).Count == 0
            ? Task.FromResult(MigrationPlanner.Refusal(plan, options))
            : RefuseNewerAsync(plan, cancellationToken);

    private async Task<MigrationException?> RefuseNewerAsync(
        MigrationComparison plan,
        CancellationToken cancellationToken
    )
    {
        var usable = await backups
            .FindNewestAsync(
                (database, copy) => copy is not null && BackupMatch.Knows(database, copy),
                cancellationToken
            )
            .ConfigureAwait(false);
        var newer = plan.NewerFor(options.UnknownMigrations);
        return new DatabaseNewerException(plan.Database, newer, usable, mayBeForeign: plan.Recorded.Count == 0);
    }
}
