using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Runs an SQLite migration as one transaction. EF rebuilds a table with foreign keys off, and SQLite ignores
/// that switch within a transaction (https://sqlite.org/pragma.html#pragma_foreign_keys), so EF commits
/// before it: a failure then leaves half a rebuild. Here foreign keys are switched within the transaction,
/// and the references are checked before it commits.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="owner">The owner of the migrations.</param>
/// <param name="history">Changes EF's history.</param>
/// <param name="observer">
/// Knows the migrations' operations and receives what happened to rows; <see langword="null"/> for a replay,
/// which has no rows and needs EF's exact schema.
/// </param>
/// <param name="watch">Observes the connection; <see langword="null"/> for a replay.</param>
/// <param name="beforeEach">Called before each migration, outside a transaction.</param>
internal sealed class SqliteMigrationSteps(
    SqliteConnection connection,
    SqliteOwner owner,
    SqliteEFHistory history,
    IMigrationObserver? observer = null,
    StatementWatch? watch = null,
    Action? beforeEach = null
) : IMigrationStepProvider
{
    public string HistoryChange(string version, bool reverts) =>
        reverts ? history.Remove(version) : history.Add(version);

    public Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        beforeEach?.Invoke();
        var rebuilt = observer is null ? null : new RebuiltTables(connection, version, observer);
        var step = new SqliteMigrationStep(connection, owner, commands, limits, rebuilt, observer, watch);
        try
        {
            step.Begin();
            return Task.FromResult<IMigrationStepScope>(step);
        }
        catch
        {
            step.End();
            throw;
        }
    }
}
