using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>What an EF Core provider has to do around each migration: used by <see cref="EFMigrator"/>.</summary>
public interface IMigrationStepProvider
{
    /// <summary>Prepares the connection for one migration. No transaction is open.</summary>
    /// <param name="commands">The migration's commands as EF generated them, the change of its history row last.</param>
    /// <param name="limits">How long the migration may take.</param>
    /// <returns>The migration's scope, disposed when its transaction has ended.</returns>
    Task<IMigrationStepScope> BeginAsync(IReadOnlyList<MigrationCommand> commands, WorkLimits limits);
}
