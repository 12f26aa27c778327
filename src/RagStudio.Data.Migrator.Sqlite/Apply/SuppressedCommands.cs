using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>
/// Moves commands into a migration's transaction if they suppress it only to switch foreign keys or to use
/// their own transaction: each statement keeps the effect that it has in EF. A command that cannot run within
/// a transaction stays outside, unchanged.
/// </summary>
/// <param name="switchKeys">Switches foreign keys on or off within the transaction.</param>
internal sealed class SuppressedCommands(Action<bool> switchKeys)
{
    private readonly List<StepCommand> _result = [];

    /// <summary>
    /// Commands that share a transaction of their script, and the replacement of each if all of them can be
    /// moved.
    /// </summary>
    private readonly List<(StepCommand Command, IReadOnlyList<StepCommand> Parts)> _group = [];

    /// <summary>True if a transaction of the script would be open.</summary>
    private bool _isWithinOwn;

    /// <summary>True if only SQLite knows whether a transaction is open.</summary>
    private bool _isUnclear;

    /// <summary>True if a command that stays outside may switch foreign keys.</summary>
    public bool MaySwitchOutside { get; private set; }

    public IReadOnlyList<StepCommand> Take(IEnumerable<StepCommand> commands)
    {
        foreach (var command in commands)
        {
            if (command.TransactionSuppressed)
            {
                Add(command);
                continue;
            }
            EndGroup(isTakenIn: !_isWithinOwn);
            _isUnclear = false;
            _result.Add(command);
        }
        EndGroup(isTakenIn: !_isWithinOwn);
        return _result;
    }

    private void Add(StepCommand command)
    {
        var statements = SqliteTokens.Statements(command.CommandText);
        var editor = _isUnclear ? null : Cut(command, statements);
        if (editor is not null)
        {
            _group.Add((command, editor));
            if (!_isWithinOwn)
            {
                EndGroup(isTakenIn: true);
            }
            return;
        }
        EndGroup(isTakenIn: !_isWithinOwn);
        _isUnclear |= statements.Any(StatementRoles.ControlsTransaction);
        MaySwitchOutside |= statements.Any(statement =>
            StatementRoles.Classify(statement) == StatementRole.ForeignKeys
        );
        _result.Add(command);
    }

    /// <summary>
    /// A script's transaction that does not end, or contains a command that must stay outside, remains
    /// unchanged.
    /// </summary>
    private void EndGroup(bool isTakenIn)
    {
        _result.AddRange(
            isTakenIn ? _group.SelectMany(member => member.Parts) : _group.Select(member => member.Command)
        );
        _isUnclear |= !isTakenIn && _group.Count > 0;
        _group.Clear();
        _isWithinOwn = false;
    }

    /// <returns>
    /// The replacement within the transaction; <see langword="null"/> if the command has to stay outside.
    /// </returns>
    private IReadOnlyList<StepCommand>? Cut(StepCommand command, IReadOnlyList<IReadOnlyList<SqliteToken>> statements)
    {
        var wasWithinOwn = _isWithinOwn;
        var editor = new CommandEditor(command);
        foreach (var statement in statements)
        {
            if (!TryTake(statement, editor))
            {
                _isWithinOwn = wasWithinOwn;
                return null;
            }
        }
        return editor.ToCommands();
    }

    private bool TryTake(IReadOnlyList<SqliteToken> statement, CommandEditor editor)
    {
        switch (StatementRoles.Classify(statement))
        {
            case StatementRole.Plain:
                return true;
            case StatementRole.Begin when !_isWithinOwn:
            case StatementRole.Commit when _isWithinOwn:
                _isWithinOwn = !_isWithinOwn;
                editor.Replace(statement);
                return true;
            // It has no effect within the script's transaction, nor within ours.
            case StatementRole.ForeignKeys when _isWithinOwn:
                return true;
            case StatementRole.ForeignKeys:
                return TrySwitch(statement, editor);
            default:
                return false;
        }
    }

    private bool TrySwitch(IReadOnlyList<SqliteToken> statement, CommandEditor editor)
    {
        var pragma = editor.TextOf(statement);
        if (!ForeignKeys.TryRead(pragma, out var isOn))
        {
            return false;
        }
        if (isOn is { } value)
        {
            editor.Replace(statement, StepCommand.From(pragma, () => switchKeys(value)));
        }
        return true;
    }
}
