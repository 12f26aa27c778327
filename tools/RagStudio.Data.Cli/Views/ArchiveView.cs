namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>archive</c>.</summary>
internal static class ArchiveView
{
    /// <summary>Says what is going to happen.</summary>
    public static IReadOnlyList<string> Question(ArchivePlan plan, ProjectFolder project) =>
        [
            $"{ReadableText.Count(plan.Versions.Count, "migration")} of {plan.Database.Name} before {plan.Before} are kept in {plan.Archive} as SQL, and {ReadableText.Count(plan.Files.Count, "source file")} deleted:",
            .. plan.Files.Select(file => "  " + project.Relative(file)),
            "Only version control can bring them back: commit them first.",
        ];

    public static void Show(IDisplay display, ArchiveDocument document)
    {
        if (document.File is null)
        {
            display.Line($"Everything before {document.Before} is archived already.", Tone.Good);
            ShowFiles(display, document);
            return;
        }
        var verb = document.DryRun ? "Would archive" : "Archived";
        display.Line(
            $"{verb} {ReadableText.Count(document.Archived.Count, "migration")} of {document.Name} before {document.Before} in {document.File}.",
            Tone.Good
        );
        ShowFiles(display, document);
        if (!document.DryRun)
        {
            display.Line(
                document.Proved
                    ? "The archived SQL creates the schema that the migrations create."
                    : "The archived SQL was read back. It was not run: that needs a server.",
                Tone.Good
            );
            display.Line(
                "Embed the archive beside the compiled migrations, build, and check both in: <EmbeddedResource Include=\"Migrations/**/*.migrations.json\" />",
                Tone.Attention
            );
        }
    }

    private static void ShowFiles(IDisplay display, ArchiveDocument document)
    {
        foreach (var file in document.Deleted)
        {
            display.Line($"{(document.DryRun ? "Would delete" : "Deleted")} {file}");
        }
    }
}
