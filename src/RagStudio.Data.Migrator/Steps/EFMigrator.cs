using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator.Providers;
using EFInternalMigrator = Microsoft.EntityFrameworkCore.Migrations.Internal.Migrator;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Creates EF's own migrator for a context, even if the context's options have replaced it. EF's migrator has no
/// safeguards: this class is for providers.
/// </summary>
[SuppressMessage(
    "Usage",
    "EF1001:Internal EF Core API usage.",
    Justification = "A service that was replaced can be reached by its type alone. EF's minor version is fixed, and tests would tell."
)]
public static class EFMigrator
{
    /// <summary>Creates EF's unmodified migrator.</summary>
    /// <param name="context">The context.</param>
    /// <returns>A migrator that lives as long as the context.</returns>
    public static IMigrator Create(DbContext context) =>
        ActivatorUtilities.CreateInstance<EFInternalMigrator>(context.GetInfrastructure());

    /// <summary>
    /// Creates an EF migrator that runs each migration as one guarded step: one transaction with the migration's
    /// commands, EF's history row and the migrator's record.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="provider">The EF Core provider's part of a step.</param>
    /// <param name="observer">The observer of each step.</param>
    /// <param name="cancellationToken">Stops a step, even if EF's migrator is called without a token.</param>
    /// <returns>A migrator that lives as long as the context.</returns>
    public static IMigrator Create(
        DbContext context,
        IMigrationStepProvider provider,
        IMigrationObserver observer,
        CancellationToken cancellationToken = default
    )
    {
        var migrations = new RecentMigrations(
            context.GetService<IMigrationsAssembly>(),
            context.Database.ProviderName!
        );
        var (sql, raw) = (new MigrationSql(context), new RawCommands(context));
        return ActivatorUtilities.CreateInstance<StepMigrator>(
            context.GetInfrastructure(),
            new StepSql(context, migrations, sql, raw),
            new MigrationStepExecutor(migrations, sql, raw, provider, observer, cancellationToken)
        );
    }
}
