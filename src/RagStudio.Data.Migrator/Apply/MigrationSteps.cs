using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>
/// Lets a provider run EF's own <c>MigrateAsync</c> with each migration as one guarded step: one transaction that holds
/// the migration's commands, EF's history row and the migrator's own record.
/// </summary>
public static class MigrationSteps
{
    /// <summary>Makes the migrations of a context guarded steps. Changes nothing else of the context.</summary>
    /// <param name="builder">The options of the context that is going to migrate.</param>
    /// <param name="provider">What the EF Core provider does around a step.</param>
    /// <param name="observer">Who is told of each step.</param>
    /// <returns>The same builder.</returns>
    public static DbContextOptionsBuilder UseMigrationSteps(
        this DbContextOptionsBuilder builder,
        IMigrationStepProvider provider,
        IMigrationObserver observer
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ReplaceService<IMigrationCommandExecutor, MigrationStepExecutor>();
        ((IDbContextOptionsBuilderInfrastructure)builder).AddOrUpdateExtension(
            new MigrationStepsExtension(provider, observer)
        );
        return builder;
    }
}
