namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>compile</c>.</summary>
internal static class CompileView
{
    public static void ShowWritten(IDisplay display, IReadOnlyList<CompiledContextDocument> contexts)
    {
        foreach (var one in contexts)
        {
            var verb = one.Changed ? "Wrote" : "No changes in";
            display.Line(
                $"{verb} {one.File}: {ReadableText.Count(one.Migrations.Count, "migration")} of {one.Name}.",
                Tone.Good
            );
            ShowLeftToEF(display, one);
        }
    }

    public static void ShowChecked(IDisplay display, IReadOnlyList<CompiledContextDocument> contexts)
    {
        foreach (var one in contexts)
        {
            if (one.Changed)
            {
                display.Line($"{one.File} is missing or outdated: compile the migrations of {one.Name}.", Tone.Bad);
            }
            else
            {
                display.Line($"{one.File} is up to date.", Tone.Good);
            }
            ShowLeftToEF(display, one);
        }
    }

    private static void ShowLeftToEF(IDisplay display, CompiledContextDocument one)
    {
        foreach (var left in one.LeftToEF)
        {
            display.Line(
                $"Left to EF, which generates it at run time: {left.Version}, because {left.Reason}",
                Tone.Attention
            );
        }
    }
}
