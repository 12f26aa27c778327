using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Makes an SQLite migration one transaction. EF rebuilds a table with foreign keys off, and SQLite ignores that switch within a
/// transaction (https://sqlite.org/pragma.html#pragma_foreign_keys), so EF commits before it: half a rebuild then stays after a failure.
/// Here the switch is turned before the transaction begins, and a gate before its end makes up for it.
/// </summary>
internal sealed class SqliteMigrationSteps(SqliteConnection connection, SqliteEFHistory history)
    : IMigrationStepProvider
{
    public string HistoryChange(string version, bool reverts) =>
        reverts ? history.Remove(version) : history.Add(version);

    public Task<IMigrationStepScope> BeginAsync(IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        var step = new SqliteMigrationStep(connection, commands, limits);
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
