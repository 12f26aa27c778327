namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>import</c>.</summary>
internal static class ImportView
{
    public static void Show(IDisplay display, ImportDocument import)
    {
        display.Line(
            $"Imported {ReadableText.Count(import.Imported, "document")} with {ReadableText.Count(import.Chunks, "chunk")} "
                + $"({ReadableText.Size(import.Bytes)}) into {import.KnowledgeBase} "
                + $"in {ReadableText.Duration(TimeSpan.FromMilliseconds(import.TotalDurationMs))}.",
            Tone.Good
        );
        if (import.Skipped > 0)
        {
            display.Line($"Skipped {ReadableText.Count(import.Skipped, "file")} with content that is already present.");
        }

        if (import.Unreadable.Count > 0)
        {
            display.Line($"Skipped {ReadableText.Count(import.Unreadable.Count, "unreadable file")}.", Tone.Attention);
        }

        if (import.RepairedEvents > 0)
        {
            display.Line($"Completed {ReadableText.Count(import.RepairedEvents, "event")} of an interrupted import.");
        }
    }
}
