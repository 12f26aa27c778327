using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Adopt;

/// <summary>Reads, without a lock, what adopting would do.</summary>
internal sealed class AdoptPlanReader(MigratorServices services, AdoptOptions options, Action<MigrationProgress> report)
{
    public async Task<AdoptPlan> ReadAsync(CancellationToken cancellationToken)
    {
        var begun = services.Time.GetTimestamp();
        var readers = await SetReaders.OpenAsync(services.Set, cancellationToken).ConfigureAwait(false);
        await using (readers.ConfigureAwait(false))
        {
            readers.ThrowIfUnreadable();
            var read = await new AdoptionReader(services, options, report)
                .ReadAsync(storage => readers.Readers.GetValueOrDefault(storage), cancellationToken)
                .ConfigureAwait(false);
            return new AdoptPlan([.. read.Select(one => one.Adoption)], services.Time.GetElapsedTime(begun));
        }
    }
}
