using System.Data.Common;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>A migration while it runs on a connection.</summary>
internal sealed class SqliteMigrationStep : IMigrationStepScope
{
    private readonly SqliteConnection _connection;
    private readonly SqliteOwner _owner;
    private readonly RebuiltTables? _rebuilt;
    private readonly SqliteInterrupt _interrupt;
    private readonly IMigrationObserver? _observer;
    private readonly StatementWatch? _watch;

    /// <summary>The application's own setting, with which every migration starts.</summary>
    private readonly bool _enforcesKeys;
    private readonly bool _maySwitchOutside;
    private ForeignKeyGate? _gate;
    private RowEvidence? _rows;

    /// <param name="connection">The open connection.</param>
    /// <param name="owner">The owner of the migration.</param>
    /// <param name="commands">The migration's commands.</param>
    /// <param name="limits">The time limits.</param>
    /// <param name="rebuilt">
    /// Preserves what EF's copies of tables lose; <see langword="null"/> to preserve nothing.
    /// </param>
    /// <param name="observer">The observer of the rows; <see langword="null"/> for none.</param>
    /// <param name="watch">Observes the connection; <see langword="null"/> for none.</param>
    public SqliteMigrationStep(
        SqliteConnection connection,
        SqliteOwner owner,
        IReadOnlyList<StepCommand> commands,
        WorkLimits limits,
        RebuiltTables? rebuilt,
        IMigrationObserver? observer,
        StatementWatch? watch
    )
    {
        (_connection, _owner, _rebuilt, _observer, _watch) = (connection, owner, rebuilt, observer, watch);
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
        _rows = _watch is null ? null : RowEvidence.Begin(_connection, _watch, _observer);
        if (_maySwitchOutside)
        {
            OpenGate();
        }
    }

    public Task RecordAsync(DbTransaction transaction, MigrationRecord record)
    {
        SqliteHistory.Append(_connection.Handle!, _owner, record);
        return Task.CompletedTask;
    }

    public Task CheckAsync()
    {
        _rebuilt?.RecreateLost();
        _gate?.Check();
        _rows?.Report();
        return Task.CompletedTask;
    }

    public void End()
    {
        _rows?.Dispose();
        _interrupt.Dispose();
        // A failed script may have left its own transaction open, and nothing could be undone within it.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _connection.Execute("ROLLBACK");
        }
        ForeignKeys.Enforce(_connection, _enforcesKeys);
    }

    public ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// SQLite itself has enforced the references up to here. An application that does not enforce them is not
    /// checked.
    /// </summary>
    private void OpenGate() => _gate ??= _enforcesKeys ? new ForeignKeyGate(_connection) : null;

    private void SwitchKeys(bool isOn)
    {
        if (!isOn)
        {
            // EF's copies replace their tables right after EF switches foreign keys off.
            _rebuilt?.Remember();
            OpenGate();
        }
        ForeignKeys.Enforce(_connection, isOn);
    }
}
