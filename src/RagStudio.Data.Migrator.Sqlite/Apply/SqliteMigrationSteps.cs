using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Makes an SQLite migration one transaction. EF rebuilds a table with foreign keys off, and SQLite ignores that switch within a
/// transaction (https://sqlite.org/pragma.html#pragma_foreign_keys), so EF commits before it: half a rebuild then stays after a failure.
/// Here foreign keys are switched within the transaction, and a gate before its end makes sure of the references.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="owner">Whose migrations they are.</param>
/// <param name="history">What changes EF's history.</param>
/// <param name="observer">
/// Knows what the migrations do, and is told what becomes of rows; <see langword="null"/> for a replay, which has none, and whose schema has to be EF's.
/// </param>
/// <param name="beforeEach">Called before each migration, outside of a transaction.</param>
internal sealed class SqliteMigrationSteps(
    SqliteConnection connection,
    SqliteOwner owner,
    SqliteEFHistory history,
    IMigrationObserver? observer = null,
    Action? beforeEach = null
) : IMigrationStepProvider
{
    public string HistoryChange(string version, bool reverts) =>
        reverts ? history.Remove(version) : history.Add(version);

    public Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        beforeEach?.Invoke();
        var rebuilt = observer is null ? null : new RebuiltTables(connection, version, observer);
        var step = new SqliteMigrationStep(connection, owner, commands, limits, rebuilt, observer);
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
