using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>Shows the result of <c>export-rows</c> and <c>import-rows</c>.</summary>
internal static class RowsView
{
    public static void Show(IDisplay display, string what, RowsDocument document)
    {
        display.Line($"{what}: {ReadableText.Count(document.Rows.Values.Sum(), "row")}.", Tone.Good);
        display.Table(
            new TableContent(
                ["Table", "Rows"],
                document.Rows.Select(table =>
                    (string[])[table.Key, table.Value.ToString("N0", CultureInfo.InvariantCulture)]
                )
            )
        );
    }
}
