using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>
/// Determines if a migration failed because of a difference, before the run, from what the history records.
/// </summary>
internal static class Contradictions
{
    /// <summary>
    /// Returns the earlier differences whose object the database engine's error names, such as a table that
    /// already exists or a missing column.
    /// </summary>
    public static IReadOnlyList<string> Find(MigrationRun run, FailedStepException failed)
    {
        var said = failed.Step.InnerException?.Message ?? "";
        return
        [
            .. run
                .Set.In(run.Set.Storage(failed.Database))
                .SelectMany(database => run.DifferencesBefore[database.Name])
                .Where(difference => Names(said, difference.Name))
                .Select(difference => difference.Detail),
        ];
    }

    /// <summary>True if a text contains a whole name: <c>Order</c> within <c>OrderLines</c> does not count.</summary>
    private static bool Names(string text, string name)
    {
        for (
            var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase)
        )
        {
            if (!IsPartOfName(text, at - 1) && !IsPartOfName(text, at + name.Length))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsPartOfName(string text, int index) =>
        index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_');
}
