using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>
/// The findings of checks made for the page. Of earlier checks, only those of a run are kept, in the folder
/// of its backup.
/// </summary>
internal static class ValidationSection
{
    private const int MaxShown = 20;

    private static readonly string[] Columns = ["Database", "Result", "Checks", "Errors", "Warnings", "Took"];

    public static void Write(HtmlWriter html, Readable<ValidationSummary> validation) =>
        Section.Write(
            html,
            "validation",
            "Validation",
            () =>
            {
                if (validation.Value is { } summary)
                {
                    WriteSummary(html, summary);
                }
                else
                {
                    Section.Note(html, $"The databases could not be checked: {validation.Reason}");
                }
            }
        );

    private static void WriteSummary(HtmlWriter html, ValidationSummary summary)
    {
        html.Element(
            "p",
            "Made for this page, as by 'ragstudio-db validate --quick': indexes were not compared with their tables.",
            ("class", "quiet")
        );
        if (summary.Interrupted)
        {
            Section.Note(html, "A run was interrupted: the checks ran on the state it left.");
        }

        HtmlTable.Write(html, "What the checks found", Columns, summary.Reports.Select(report => Row(html, report)));
        foreach (var report in summary.Reports)
        {
            WriteErrors(html, report);
            WriteWarnings(html, report);
        }
    }

    private static Action[] Row(HtmlWriter html, ValidationReport report) =>
        [
            () => html.Text(report.Database),
            () => WriteResult(html, report),
            () => html.Text($"{report.ChecksPerformed}"),
            () => html.Text(FormattableString.Invariant($"{report.ErrorCount:N0}")),
            () => html.Text($"{report.Warnings.Count}"),
            () => html.Text(ReadableText.Duration(report.Duration)),
        ];

    private static void WriteResult(HtmlWriter html, ValidationReport report)
    {
        var (word, tone) = report switch
        {
            { ErrorCount: > 0 } => ("errors", Tone.Bad),
            { ChecksPerformed: 0 } => ("nothing to check", Tone.Neutral),
            { Warnings.Count: > 0 } => ("warnings", Tone.Attention),
            _ => ("no finding", Tone.Good),
        };
        Badge.Write(html, word, tone);
    }

    private static void WriteErrors(HtmlWriter html, ValidationReport report)
    {
        if (report.ErrorCount == 0)
        {
            return;
        }

        var shown = Math.Min(MaxShown, report.Errors.Count);
        var count = ReadableText.Count(report.ErrorCount, "error");
        var caption = $"{report.Database}: {count}" + (shown < report.ErrorCount ? $", the first {shown} of them" : "");
        var rows = report.Errors.OrderBy(error => error.Kind).Take(MaxShown).Select(Row);
        HtmlTable.Write(html, caption, ["Kind", "Table", "What"], rows);
    }

    private static void WriteWarnings(HtmlWriter html, ValidationReport report)
    {
        if (report.Warnings.Count == 0)
        {
            return;
        }

        var shown = report.Warnings.OrderBy(warning => warning.Kind).Take(MaxShown);
        var count = ReadableText.Count(report.Warnings.Count, "warning");
        var caption =
            $"{report.Database}: {count}" + (report.Warnings.Count > MaxShown ? $", the first {MaxShown} of them" : "");
        var rows = shown.Select(one => new[] { FindingText.Words($"{one.Kind}"), one.Table ?? "-", one.Detail });
        HtmlTable.Write(html, caption, ["Kind", "Table", "What"], rows);
    }

    private static string[] Row(ValidationError error) =>
        [FindingText.Words($"{error.Kind}"), error.Table ?? "-", FindingText.Describe(error)];
}
