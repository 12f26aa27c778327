using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator;

/// <summary>What an EF Core provider has to do around each migration: used by <see cref="MigrationSteps"/>.</summary>
public interface IMigrationStepProvider
{
    /// <summary>Prepares the connection for one migration. No transaction is open.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="commands">Its commands as EF generated them, the insert of its history row last.</param>
    /// <param name="cancellationToken">Stops the migration, also within a statement.</param>
    /// <returns>The migration's scope, disposed when its transaction has ended.</returns>
    Task<IMigrationStepScope> BeginAsync(
        string version,
        IReadOnlyList<MigrationCommand> commands,
        CancellationToken cancellationToken
    );
}
