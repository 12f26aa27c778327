using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Relocate;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>Starts a move. See <see cref="IDatabaseRelocation"/>.</summary>
internal sealed class DatabaseRelocation(
    MigratorServices services,
    WatchedRuns runs,
    IMigrationDatabase from,
    IMigrationDatabase to
) : IDatabaseRelocation
{
    /// <exception cref="ArgumentException">The sets differ in more or less than the storage of one database.</exception>
    public static DatabaseRelocation Create(MigratorServices source, WatchedRuns runs, MigrationSet target)
    {
        var pairs = source
            .Set.Databases.Select(from => (From: from, To: target.Databases.FirstOrDefault(to => to.Name == from.Name)))
            .ToArray();
        return
            pairs.Length == target.Databases.Count
            && Array.TrueForAll(pairs, pair => pair.To is not null)
            && pairs.Where(pair => !pair.From.Storage.Equals(pair.To!.Storage)).ToArray() is [var (from, to)]
            ? new DatabaseRelocation(source, runs, from, to!)
            : throw new ArgumentException(
                "The target must have the databases of the source, of which exactly one is in another storage.",
                nameof(target)
            );
    }

    public async Task<RelocationPlan> PlanAsync(CancellationToken cancellationToken = default)
    {
        services.Set.DemandMigrations();
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        return await new RelocationPlanReader(services, from, to).ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<RelocationSummary> RelocateAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        var own = services with { Options = services.Options.Protected() };
        var run = new MigrationRun(RunActivity.Relocate, own, runs.Join(progress));
        return runs.RunAsync(new RelocateOperation(run, from, to), cancellationToken);
    }
}
