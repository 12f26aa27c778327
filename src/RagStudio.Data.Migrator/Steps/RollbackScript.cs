namespace RagStudio.Data.Migrator.Steps;

/// <summary>The SQL that reverts a migration, as the history keeps it.</summary>
internal static class RollbackScript
{
    /// <param name="commands">What reverts the migration.</param>
    /// <param name="historyChange">What takes it out of EF's history.</param>
    public static string Create(IEnumerable<string> commands, string historyChange) =>
        string.Concat(commands.Append(historyChange).Select(command => command + Environment.NewLine));
}
