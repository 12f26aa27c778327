using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>One migration while it runs on a connection.</summary>
internal sealed class SqliteMigrationStep : IMigrationStepScope
{
    private readonly SqliteConnection _connection;
    private readonly SqliteInterrupt _interrupt;
    private readonly bool _rebuilds;
    private readonly IMigrationObserver? _observer;
    private ForeignKeyGate? _gate;
    private RowEvidence? _rows;

    public SqliteMigrationStep(
        SqliteConnection connection,
        IReadOnlyList<StepCommand> commands,
        WorkLimits limits,
        IMigrationObserver? observer = null
    )
    {
        (_connection, _observer) = (connection, observer);
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
        _rows = RowEvidence.Begin(_connection, _observer);
        if (!_rebuilds)
        {
            return;
        }

        _gate = ForeignKeyGate.Open(_connection);
        _connection.Execute("PRAGMA foreign_keys = OFF");
    }

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record)
    {
        SqliteHistory.Append(_connection.Handle!, record);
        return Task.CompletedTask;
    }

    public Task CheckAsync()
    {
        _gate?.Check();
        _rows?.Tell();
        return Task.CompletedTask;
    }

    public void End()
    {
        _rows?.Dispose();
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
