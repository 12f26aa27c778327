using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>Splits a command where a statement is removed or replaced. The rest of its text stays unchanged.</summary>
internal sealed class CommandEditor(StepCommand command)
{
    private readonly List<StepCommand> _parts = [];
    private int _from;

    public string TextOf(IReadOnlyList<SqliteToken> statement) =>
        command.CommandText[statement[0].Start..statement[^1].End];

    /// <summary>Replaces a statement, or removes it.</summary>
    public void Replace(IReadOnlyList<SqliteToken> statement, StepCommand? replacement = null)
    {
        AddUpTo(statement[0].Start);
        _from = statement[^1].End;
        if (replacement is not null)
        {
            _parts.Add(replacement);
        }
    }

    /// <summary>The parts; the whole command if nothing was cut.</summary>
    public IReadOnlyList<StepCommand> ToCommands()
    {
        if (_from == 0)
        {
            return [command.InTransaction()];
        }
        AddUpTo(command.CommandText.Length);
        return _parts;
    }

    private void AddUpTo(int end)
    {
        var text = command.CommandText[_from..end];
        if (SqliteTokens.Read(text).Any(token => !token.IsSymbol(';')))
        {
            // The remainder begins with the semicolon of the statement before.
            _parts.Add(command.Part(text.TrimStart(';').Trim()));
        }
    }
}
