namespace RagStudio.Data.Migrator.Providers;

/// <summary>
/// What an EF Core provider does around each migration, for
/// <see cref="RagStudio.Data.Migrator.Steps.CompiledMigrator"/>.
/// </summary>
public interface IMigrationStepProvider
{
    /// <summary>Prepares the connection for a migration. No transaction is open, except the run's.</summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="commands">The migration's commands, the change of its history row last.</param>
    /// <param name="limits">The time limits of the migration.</param>
    /// <returns>The migration's scope, disposed when its transaction or savepoint has ended.</returns>
    Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits);

    /// <summary>
    /// Returns the SQL that adds a migration's row to EF's history, or removes it, as EF writes it. Adding
    /// creates the table if it is missing.
    /// </summary>
    /// <param name="version">The migration's id.</param>
    /// <param name="reverts">True if the migration is reverted rather than applied.</param>
    /// <returns>The SQL.</returns>
    string HistoryChange(string version, bool reverts);
}
