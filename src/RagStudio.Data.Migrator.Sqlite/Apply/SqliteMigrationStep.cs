using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>One migration while it runs on a connection.</summary>
internal sealed class SqliteMigrationStep : IMigrationStepScope
{
    private readonly SqliteConnection _connection;
    private readonly SqliteOwner _owner;
    private readonly SqliteInterrupt _interrupt;
    private readonly bool _rebuilds;
    private ForeignKeyGate? _gate;

    public SqliteMigrationStep(
        SqliteConnection connection,
        SqliteOwner owner,
        IReadOnlyList<StepCommand> commands,
        WorkLimits limits
    )
    {
        (_connection, _owner) = (connection, owner);
        Commands = [.. commands.Where(command => !IsForeignKeySwitch(command))];
        _rebuilds = Commands.Count < commands.Count;
        _interrupt = new SqliteInterrupt(connection, limits);
    }

    public IReadOnlyList<StepCommand> Commands { get; }

    public CancellationToken Token => _interrupt.Token;

    public bool TimedOut => _interrupt.TimedOut;

    public TimeSpan TimeLeft => _interrupt.TimeLeft;

    public void Begin()
    {
        if (!_rebuilds)
        {
            return;
        }

        _gate = ForeignKeyGate.Open(_connection);
        _connection.Execute("PRAGMA foreign_keys = OFF");
    }

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record)
    {
        SqliteHistory.Append(_connection.Handle!, _owner, record);
        return Task.CompletedTask;
    }

    public Task CheckAsync()
    {
        _gate?.Check();
        return Task.CompletedTask;
    }

    public void End()
    {
        _interrupt.Dispose();
        if (_rebuilds)
        {
            _connection.Execute("PRAGMA foreign_keys = ON");
        }
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    private static bool IsForeignKeySwitch(StepCommand command) =>
        command.TransactionSuppressed
        && command.CommandText.TrimStart().StartsWith("PRAGMA foreign_keys", StringComparison.OrdinalIgnoreCase);
}
