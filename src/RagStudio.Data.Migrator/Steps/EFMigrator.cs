using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using EFInternalMigrator = Microsoft.EntityFrameworkCore.Migrations.Internal.Migrator;

namespace RagStudio.Data.Migrator.Steps;

/// <summary>
/// Creates EF's own migrator for a context, even if the context's options have replaced it. EF's migrator has no
/// safeguards: this class is for providers.
/// </summary>
public static class EFMigrator
{
    /// <summary>Creates EF's unmodified migrator.</summary>
    /// <param name="context">The context.</param>
    /// <returns>A migrator that lives as long as the context.</returns>
    [SuppressMessage(
        "Usage",
        "EF1001:Internal EF Core API usage.",
        Justification = "A service that was replaced can be reached by its type alone. EF's minor version is fixed, and tests would tell."
    )]
    public static IMigrator Create(DbContext context) =>
        ActivatorUtilities.CreateInstance<EFInternalMigrator>(context.GetInfrastructure());

    /// <summary>
    /// Makes EF's check that the context's model has no changes that no migration contains. EF logs them, or throws if
    /// the context's options say so, as they do by default.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <exception cref="InvalidOperationException">The model has such changes.</exception>
    public static void CheckModelChanges(DbContext context)
    {
        if (HasModelChanges(context))
        {
            context
                .GetService<IDiagnosticsLogger<DbLoggerCategory.Migrations>>()
                .PendingModelChangesWarning(context.GetType());
        }
    }

    /// <summary>Whether EF would report changes of the model. Finding them builds the model.</summary>
    internal static bool HasModelChanges(DbContext context)
    {
        var warnings = context.GetService<ILoggingOptions>().WarningsConfiguration;
        return context.GetService<IMigrationsAssembly>().ModelSnapshot is not null
            && warnings.GetBehavior(RelationalEventId.PendingModelChangesWarning) != WarningBehavior.Ignore
            && Create(context).HasPendingModelChanges();
    }
}
