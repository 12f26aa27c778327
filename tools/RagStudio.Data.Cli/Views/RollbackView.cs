using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the question and the result of <c>rollback</c>.</summary>
internal static class RollbackView
{
    /// <param name="plan">What would be reverted.</param>
    /// <param name="isBackedUp">False on a server, where a run makes no backup.</param>
    /// <returns>The question to the user; empty if there is nothing to revert.</returns>
    public static IReadOnlyList<string> Question(RollbackPlan plan, bool isBackedUp)
    {
        var affected = plan.Databases.Where(database => database.Versions.Count > 0).ToArray();
        return affected.Length == 0
            ? []
            :
            [
                .. affected.Select(Describe),
                .. affected.SelectMany(Losses),
                isBackedUp
                    ? "Data that only these migrations can hold is lost, except in the backup that is made first."
                    : "The tables and columns that are dropped are kept in the database, and come back when the migrations are applied again. Rows that are deleted are not: no backup is made on a server.",
            ];
    }

    /// <returns>The warnings for a user who gave consent in advance.</returns>
    public static IEnumerable<string> Warnings(RollbackPlan? plan) =>
        plan?.Databases.SelectMany(Losses)
        ?? ["an earlier run was interrupted and is recovered first. The losses cannot be counted in advance."];

    public static void Show(IDisplay display, RollbackSummary summary)
    {
        var version = summary.Version == "0" ? "no migration" : summary.Version;
        if (summary.Databases.Sum(database => database.Migrations.Count) == 0)
        {
            display.Line($"Nothing to revert: no applied migration is newer than {version}.", Tone.Good);
            return;
        }

        RunView.Show(display, summary.Databases, summary.BackupId, summary.PrunedBackups);
        RunView.ShowDropped(display, summary.DroppedData);
        RunView.ShowWarnings(display, summary.CommitWarnings);
        display.Line($"Rolled back to {version} in {ReadableText.Duration(summary.TotalDuration)}.", Tone.Good);
    }

    private static IEnumerable<string> Losses(DatabaseRollback database) =>
        from migration in database.Migrations
        from finding in migration.Findings
        where
            finding.IsDestructive
            || finding.Kind is not (PlanFindingKind.StatementWithoutWhere or PlanFindingKind.LostIndex)
        select $"{database.Name}: reverting {migration.Version} {finding.Detail}.";

    private static string Describe(DatabaseRollback database) =>
        $"{database.Name}: {ReadableText.Count(database.Versions.Count, "migration")} to revert, "
        + ReadableText.List(database.Versions);
}
