namespace RagStudio.Data.Migrator.Providers;

/// <summary>What an EF Core provider has to do around each migration: used by <see cref="RagStudio.Data.Migrator.Steps.EFMigrator"/> and <see cref="RagStudio.Data.Migrator.Steps.CompiledMigrator"/>.</summary>
public interface IMigrationStepProvider
{
    /// <summary>Prepares the connection for one migration. No transaction is open.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="commands">The migration's commands, the change of its history row last.</param>
    /// <param name="limits">How long the migration may take.</param>
    /// <returns>The migration's scope, disposed when its transaction has ended.</returns>
    Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits);

    /// <summary>
    /// The SQL that adds a migration's row to EF's history, as EF writes it, or takes it away. Adding makes the table where it is missing.
    /// </summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="reverts">Whether the migration is reverted, not applied.</param>
    /// <returns>The SQL.</returns>
    string HistoryChange(string version, bool reverts);
}
