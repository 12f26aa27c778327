using Microsoft.Extensions.Options;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.PostgreSql;

/// <summary>Checks the options of a database.</summary>
internal static class PostgreSqlOptionsValidator
{
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public static void Demand(string name, PostgreSqlDatabaseOptions options)
    {
        var check = new OptionsCheck(name);
        check.Range(options.TableLockTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        check.Range(options.CommitTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        check.Choice(options.LockPolicy);
        check.Range(options.KeepsakeLimit, 0L, long.MaxValue);
        check.Choice(options.UnkeptLoss);
        if (options.UnkeptLoss == UnkeptLossPolicy.External)
        {
            check.Required(options.ExternalBackup?.Method.Name, nameof(options.ExternalBackup));
        }
        check.Required(options.MigrationsHistoryTable);
        if (check.Result.Failed)
        {
            throw new OptionsValidationException(name, typeof(PostgreSqlDatabaseOptions), check.Result.Failures);
        }
    }
}
