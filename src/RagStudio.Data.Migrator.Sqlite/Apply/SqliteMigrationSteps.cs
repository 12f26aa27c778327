using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>
/// Makes an SQLite migration one transaction. EF rebuilds a table with foreign keys off, and SQLite ignores that switch within a
/// transaction (https://sqlite.org/pragma.html#pragma_foreign_keys), so EF commits before it: half a rebuild then stays after a failure.
/// Here foreign keys are switched within the transaction, and a gate before its end makes sure of the references.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="database">Whose migrations they are.</param>
/// <param name="observer">Knows what the migrations do; <see langword="null"/> for a replay, whose schema has to be EF's.</param>
internal sealed class SqliteMigrationSteps(
    SqliteConnection connection,
    ISqliteMigrationDatabase database,
    IMigrationObserver? observer = null
) : IMigrationStepProvider
{
    private readonly SqliteEFHistory _history = new(database.HistoryTable);

    public string HistoryChange(string version, bool reverts) =>
        reverts ? _history.Remove(version) : _history.Add(version);

    public Task<IMigrationStepScope> BeginAsync(string version, IReadOnlyList<StepCommand> commands, WorkLimits limits)
    {
        var rebuilt = observer is null ? null : new RebuiltTables(connection, version, observer);
        var step = new SqliteMigrationStep(connection, database.Owner, commands, rebuilt, limits);
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
