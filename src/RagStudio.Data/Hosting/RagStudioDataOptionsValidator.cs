using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data;

/// <summary>Validates that options are within their ranges.</summary>
internal sealed class RagStudioDataOptionsValidator : IValidateOptions<RagStudioDataOptions>
{
    public ValidateOptionsResult Validate(string? name, RagStudioDataOptions options)
    {
        var check = new OptionsCheck(RagStudioDataOptions.SectionName);
        check.Choice(options.Provider);
        if (options.Provider == DataProvider.PostgreSql)
        {
            check.Required(options.ConnectionString);
        }
        check.Required(options.DataDirectory);
        check.Choice(options.AppMetaSynchronous);
        check.Choice(options.EventsSynchronous);
        check.Range(options.EventPollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        check.Range(options.Connections.BusyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        check.Range(options.Connections.CacheSizeMegabytes, 1, 4096);
        check.Range(options.Connections.MmapSizeMegabytes, 0, 65536);
        check.Choice(options.Connections.TempStore);
        check.Range(options.Connections.WalAutoCheckpointPages, 1, 1_000_000);
        check.Range(options.Connections.JournalSizeLimitMegabytes, 0, 65536);
        return check.Result.Failed || StorageProvider.IsAvailable(options.Provider)
            ? check.Result
            : ValidateOptionsResult.Fail(StorageProvider.Missing);
    }
}
