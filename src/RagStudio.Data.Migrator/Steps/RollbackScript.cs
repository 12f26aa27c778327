namespace RagStudio.Data.Migrator.Steps;

/// <summary>The SQL that reverts a migration, as stored in the history.</summary>
internal static class RollbackScript
{
    /// <param name="commands">The commands that revert the migration.</param>
    /// <param name="historyChange">The command that removes it from EF's history.</param>
    public static string Create(IEnumerable<string> commands, string historyChange) =>
        string.Concat(commands.Append(historyChange).Select(command => command + Environment.NewLine));
}
