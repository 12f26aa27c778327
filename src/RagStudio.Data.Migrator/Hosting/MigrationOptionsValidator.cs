using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>Validates that options are within their ranges.</summary>
/// <param name="section">The section that the options are bound from.</param>
internal sealed class MigrationOptionsValidator(string section) : IValidateOptions<MigrationOptions>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, MigrationOptions options)
    {
        var check = new OptionsCheck(section);
        check.Choice(options.StartupPolicy);
        check.Range(options.MaxConcurrentMigrations, 1, 16);
        check.Range(options.MigrationTimeout, TimeSpan.FromMilliseconds(1), Day);
        check.Range(options.BackupTimeout, TimeSpan.FromSeconds(1), 7 * Day);
        check.Range(options.ValidationTimeout, TimeSpan.FromSeconds(1), 7 * Day);
        check.Choice(options.CheckDepth);
        check.Range(options.FullCheckUpTo, 0L, long.MaxValue);
        check.Range(options.CheckEverythingUpTo, 0L, long.MaxValue);
        foreach (var (migration, reason) in options.DestructiveConsents)
        {
            check.Required(reason, $"options.{nameof(options.DestructiveConsents)}.{migration}");
        }
        check.Choice(options.RehearseBeforeMigrate);
        check.Range(options.RehearsalRows, 0, int.MaxValue);
        check.Range(options.RefuseAboveBlockedBytes, 0L, long.MaxValue);
        check.Range(options.LockTimeout, TimeSpan.Zero, Day);
        check.Choice(options.UnknownMigrations);
        check.Range(options.BackupsToKeep, 1, 1000);
        check.Range(options.BackupMaxAge, TimeSpan.FromMinutes(1), 3650 * Day);
        check.Range(options.BackupMaxBytes, 1L, long.MaxValue);
        check.Range(options.CompressBackupsBeyond, 1, 1000);
        return check.Result;
    }
}
