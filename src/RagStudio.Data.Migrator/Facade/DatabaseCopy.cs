using RagStudio.Data.Migrator.Copy;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator;

/// <summary>Starts a copy. See <see cref="IDatabaseCopy"/>.</summary>
internal sealed class DatabaseCopy(
    MigratorServices source,
    MigratorServices target,
    WatchedRuns runs,
    CopyOptions options
) : IDatabaseCopy
{
    public async Task<CopyPlan> PlanAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        await CallerThread.LeaveAsync().ConfigureAwait(false);
        return await NewOperation(progress).PlanAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<CopySummary> CopyAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => runs.RunAsync(NewOperation(runs.Join(progress)), cancellationToken);

    private CopyOperation NewOperation(IProgress<MigrationProgress>? progress) =>
        new(
            new MigrationRun(RunActivity.Copy, target with { Options = target.Options.Protected() }, progress),
            new MigrationRun(RunActivity.Copy, source, progress),
            options
        );
}
