using Microsoft.Extensions.Logging;
using RagStudio.Data.Migrator;

namespace RagStudio.Data;

/// <inheritdoc cref="IRagStudioLayout"/>
internal sealed class RagStudioLayout(
    RagStudioDataOptions options,
    MigrationOptions migrations,
    ILoggerFactory? loggers
) : IRagStudioLayout
{
    public Task<RelocationPlan?> PlanSplitAsync(CancellationToken cancellationToken = default) =>
        PlanAsync(toSingle: false, cancellationToken);

    public Task<RelocationSummary?> SplitAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => MoveAsync(toSingle: false, progress, cancellationToken);

    public Task<RelocationPlan?> PlanJoinAsync(CancellationToken cancellationToken = default) =>
        PlanAsync(toSingle: true, cancellationToken);

    public Task<RelocationSummary?> JoinAsync(
        IProgress<MigrationProgress>? progress = null,
        CancellationToken cancellationToken = default
    ) => MoveAsync(toSingle: true, progress, cancellationToken);

    private async Task<RelocationPlan?> PlanAsync(bool toSingle, CancellationToken cancellationToken) =>
        Find(toSingle) is { } move ? await move.PlanAsync(cancellationToken).ConfigureAwait(false) : null;

    private async Task<RelocationSummary?> MoveAsync(
        bool toSingle,
        IProgress<MigrationProgress>? progress,
        CancellationToken cancellationToken
    ) =>
        Find(toSingle) is { } move ? await move.RelocateAsync(progress, cancellationToken).ConfigureAwait(false) : null;

    /// <returns><see langword="null"/> if the events are there already, or nowhere.</returns>
    private IDatabaseRelocation? Find(bool toSingle)
    {
        if (options.Provider != DataProvider.Sqlite)
        {
            throw new NotSupportedException(
                "Only the files of SQLite can be split and joined; on a server the events have a schema of their own."
            );
        }
        return DatabaseLayout.NeedsMove(options, toSingle, migrations.LockTimeout)
            ? MigratorFactory.CreateRelocation(ManagerOf(!toSingle), ManagerOf(toSingle))
            : null;
    }

    private IMigrationManager ManagerOf(bool isSingle)
    {
        var layout = new FoundLayout(SqliteStorageProvider.EventsIn(options, isSingle));
        return MigratorFactory.Create(
            migrator => migrator.AddRagStudioDatabases(_ => options, _ => layout),
            migrations,
            loggers
        );
    }
}
