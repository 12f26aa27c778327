using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite;

/// <summary>One migration while it runs on a connection.</summary>
internal sealed class SqliteMigrationStep : IMigrationStepScope
{
    private readonly SqliteConnection _connection;
    private readonly RebuiltTables? _rebuilt;
    private readonly SqliteInterrupt _interrupt;

    /// <summary>The application's own setting, which every migration starts with.</summary>
    private readonly bool _enforcesKeys;
    private readonly bool _maySwitchOutside;
    private ForeignKeyGate? _gate;

    /// <param name="connection">The open connection.</param>
    /// <param name="commands">What the migration does.</param>
    /// <param name="rebuilt">Keeps what EF's copies of tables lose; <see langword="null"/> where nothing is to be kept.</param>
    /// <param name="limits">How long it may take.</param>
    public SqliteMigrationStep(
        SqliteConnection connection,
        IReadOnlyList<StepCommand> commands,
        RebuiltTables? rebuilt,
        WorkLimits limits
    )
    {
        (_connection, _rebuilt) = (connection, rebuilt);
        var suppressed = new SuppressedCommands(SwitchKeys);
        Commands = suppressed.Take(commands);
        _maySwitchOutside = suppressed.MaySwitchOutside;
        _enforcesKeys = ForeignKeys.AreEnforced(connection);
        _interrupt = new SqliteInterrupt(connection, limits);
    }

    public IReadOnlyList<StepCommand> Commands { get; }

    public CancellationToken Token => _interrupt.Token;

    public bool TimedOut => _interrupt.TimedOut;

    public TimeSpan TimeLeft => _interrupt.TimeLeft;

    public void Begin()
    {
        if (_maySwitchOutside)
        {
            OpenGate();
        }
    }

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record)
    {
        SqliteHistory.Append(_connection.Handle!, record);
        return Task.CompletedTask;
    }

    public Task CheckAsync()
    {
        _rebuilt?.PutBack();
        _gate?.Check();
        return Task.CompletedTask;
    }

    public void End()
    {
        _interrupt.Dispose();
        EndOwnTransaction();
        ForeignKeys.Enforce(_connection, _enforcesKeys);
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Up to here SQLite itself has made sure of the references. An application that does not want that is not judged.</summary>
    private void OpenGate() => _gate ??= _enforcesKeys ? ForeignKeyGate.Open(_connection) : null;

    /// <summary>A script of the migration's may have begun a transaction and failed in it, within which nothing could be put back.</summary>
    private void EndOwnTransaction()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _connection.Execute("ROLLBACK");
        }
    }

    private void SwitchKeys(bool isOn)
    {
        if (!isOn)
        {
            // EF's own copies take the place of their tables right after it has switched foreign keys off.
            _rebuilt?.Remember();
            OpenGate();
        }
        ForeignKeys.Enforce(_connection, isOn);
    }
}
