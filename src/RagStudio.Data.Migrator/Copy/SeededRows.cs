using Microsoft.Extensions.Logging.Abstractions;
using RagStudio.Data.Migrator.Operations;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Copy;

/// <summary>The rows that the migrations of a target write by themselves: found by running them in a scratch database.</summary>
internal sealed class SeededRows(MigrationRun run)
{
    /// <returns>The rows and the hash of each table.</returns>
    /// <exception cref="NoScratchException">There is no place for a scratch database.</exception>
    public async Task<IReadOnlyDictionary<CopyTable, (long Rows, string Hash)>> ReadAsync(
        CopySet tables,
        CancellationToken cancellationToken
    )
    {
        var scratch = await new Rehearsal(run).CreateScratchAsync(cancellationToken).ConfigureAwait(false);
        await using (scratch.ConfigureAwait(false))
        {
            var storages = new Dictionary<IDatabaseStorage, IDatabaseStorage>();
            foreach (var storage in run.Set.Storages)
            {
                storages[storage] = await scratch
                    .ReserveAsync(storage, run.Set.In(storage)[0].Name, target: null, cancellationToken)
                    .ConfigureAwait(false);
            }
            var set = run.Set.In(storages);
            await new MigrateOperation(NewRun(set)).RunAsync(cancellationToken).ConfigureAwait(false);
            var locked = await LockedSet.AcquireAsync(NewRun(set), cancellationToken).ConfigureAwait(false);
            await using (locked.ConfigureAwait(false))
            {
                return await tables
                    .ReadTargetAsync(
                        table => locked[storages[table.Database.Storage]].Bulk!,
                        new RowCopier(new RowProgress(NewRun(set), total: 0)),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private MigrationRun NewRun(MigrationSet set) =>
        new(
            RunActivity.Migrate,
            new MigratorServices(set, run.Options.ForRehearsal(), run.Services.Expected, run.Time, NullLogger.Instance),
            progress: null
        );
}
