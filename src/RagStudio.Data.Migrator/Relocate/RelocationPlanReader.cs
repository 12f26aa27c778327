using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Relocate;

/// <summary>Reads, without a lock, what would move.</summary>
internal sealed class RelocationPlanReader(MigratorServices services, IMigrationDatabase from, IMigrationDatabase to)
{
    public async Task<RelocationPlan> ReadAsync(CancellationToken cancellationToken)
    {
        var begun = services.Time.GetTimestamp();
        var readers = await SetReaders.OpenAsync(services.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            if (readers.Readers.GetValueOrDefault(to.Storage) is { } inSet)
            {
                return await ReadAsync(readers, inSet, begun, cancellationToken).ConfigureAwait(false);
            }
            var target = await to.Storage.OpenReaderAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await ReadAsync(readers, target, begun, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                if (target is not null)
                {
                    await target.DisposeAsync().ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<RelocationPlan> ReadAsync(
        SetReaders readers,
        IStorageReader? target,
        long begun,
        CancellationToken cancellationToken
    )
    {
        var moved = await new RelocationReader(services, from, to)
            .ReadAsync(storage => readers.Readers.GetValueOrDefault(storage), target, cancellationToken)
            .ConfigureAwait(false);
        var rows = await readers
            .Readers[from.Storage]
            .CountRowsAsync(moved.Tables, new WorkLimits(services.Options.ValidationTimeout, cancellationToken))
            .ConfigureAwait(false);
        return new RelocationPlan(
            from.Name,
            from.Storage.DisplayName,
            to.Storage.DisplayName,
            [.. moved.Tables.Select(table => new RelocatedTable(table, rows[table], Hash: ""))],
            services.Time.GetElapsedTime(begun)
        );
    }
}
