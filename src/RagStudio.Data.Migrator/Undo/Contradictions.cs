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
                .Where(difference => WholeWord.IsIn(said, difference.Name))
                .Select(difference => difference.Detail),
        ];
    }
}
