using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Describes the migrator's progress in words.</summary>
internal static class MigrationProgressText
{
    /// <summary>Shows the migrator's progress on a bar; <see langword="null"/> if there is none.</summary>
    public static IProgress<MigrationProgress>? On(IProgress<ProgressStep>? bar) =>
        bar is null ? null : new DirectProgress<MigrationProgress>(progress => bar.Report(Describe(progress)));

    public static ProgressStep Describe(MigrationProgress progress)
    {
        var text = string.Join(' ', Words(progress));
        return progress switch
        {
            { Unit: ProgressUnit.Bytes } => ProgressStep.Bytes(text, progress.Completed, progress.Total),
            { Unit: ProgressUnit.Rows, TimeLeft: { } left } => ProgressStep
                .Count(text, progress.Completed, progress.Total, "row")
                .With(left),
            { Unit: ProgressUnit.Rows } => ProgressStep.Count(text, progress.Completed, progress.Total, "row"),
            { Unit: ProgressUnit.Items } => ProgressStep.Count(text, progress.Completed, progress.Total, "item"),
            { Phase: MigrationPhase.Apply, SetTotal: > 0 } => ProgressStep.Count(
                text,
                progress.SetCompleted,
                progress.SetTotal,
                "migration"
            ),
            { Unit: ProgressUnit.Migrations, Phase: not MigrationPhase.Apply } => ProgressStep.Count(
                text,
                progress.Completed,
                progress.Total,
                "migration"
            ),
            _ => new ProgressStep(text),
        };
    }

    private static IEnumerable<string> Words(MigrationProgress progress)
    {
        yield return Verb(progress.Phase);
        if (progress.Version is not null)
        {
            yield return progress.Version;
        }

        if (progress.Check is not null)
        {
            yield return progress.Check;
        }

        if (progress.Database is not null)
        {
            yield return $"({progress.Database})";
        }
    }

    private static string Verb(MigrationPhase phase) =>
        phase switch
        {
            MigrationPhase.Lock => "Locking",
            MigrationPhase.Recover => "Recovering",
            MigrationPhase.Plan => "Planning",
            MigrationPhase.BackUp => "Backing up",
            MigrationPhase.Apply => "Applying",
            MigrationPhase.Validate => "Validating",
            MigrationPhase.Record => "Recording",
            MigrationPhase.RollBack => "Rolling back",
            _ => phase.ToString(),
        };
}
