using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Undo;

/// <summary>Finds out whether a migration failed on something that was not, before the run, what the history tells.</summary>
internal static class Contradictions
{
    /// <summary>Those differences of before whose object the engine names in its error: a table that is there already, a column that is missing.</summary>
    public static IReadOnlyList<string> In(MigrationRun run, FailedStepException failed)
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

    /// <summary>A name within another one, <c>Order</c> in <c>OrderLines</c>, is not that name.</summary>
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
