using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Makes an SQLite migration one transaction. EF rebuilds a table with foreign keys off, and SQLite ignores that switch within a
/// transaction (https://sqlite.org/pragma.html#pragma_foreign_keys), so EF commits before it: half a rebuild then stays after a failure.
/// Here the switch is turned before the transaction begins, and a gate before its end makes up for it.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="historyTable">What EF's history is called.</param>
/// <param name="observer">Who wants to know what becomes of rows; <see langword="null"/> where there are none.</param>
internal sealed class SqliteMigrationSteps(
    SqliteConnection connection,
    string historyTable,
    IMigrationObserver? observer = null
) : IMigrationStepProvider
{
    private readonly SqliteEFHistory _history = new(historyTable);

    public string HistoryChange(string version, bool reverts) =>
        reverts ? _history.Remove(version) : _history.Add(version);

    public Task<IMigrationStepScope> BeginAsync(IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        var step = new SqliteMigrationStep(connection, commands, limits, observer);
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
