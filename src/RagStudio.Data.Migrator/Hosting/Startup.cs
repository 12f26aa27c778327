namespace RagStudio.Data.Migrator;

/// <summary>What a start does to databases before an application uses them.</summary>
internal static class Startup
{
    public static async Task<MigrationSummary> MigrateAsync(
        IMigrationManager manager,
        MigrationOptions options,
        CancellationToken cancellationToken
    )
    {
        if (options.AdoptOnStartup)
        {
            await manager
                .AdoptAsync(new AdoptOptions { OnlyIfCertain = true }, progress: null, cancellationToken)
                .ConfigureAwait(false);
        }
        return await manager.MigrateAsync(progress: null, cancellationToken).ConfigureAwait(false);
    }
}
