using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Shows the findings of the checks.</summary>
internal static class ValidateView
{
    private static readonly string[] Columns = ["Database", "Checks", "Errors", "Warnings", "Took"];

    public static void Show(IDisplay display, ValidationSummary summary)
    {
        display.Table(new TableContent(Columns, summary.Reports.Select(Row)));
        foreach (var report in summary.Reports)
        {
            ShowErrors(display, report);
            ShowWarnings(display, report, _ => true);
        }
        if (summary.Valid && summary.Reports.Any(report => report.ChecksPerformed > 0))
        {
            display.Line("No errors found.", Tone.Good);
        }
    }

    /// <summary>True if a warning is worth showing after a run; <c>validate</c> shows the others.</summary>
    public static bool ConcernsARun(ValidationWarning warning) =>
        warning.Kind
            is ValidationWarningKind.ExistingDamage
                or ValidationWarningKind.NotChecked
                or ValidationWarningKind.LostObject
                or ValidationWarningKind.NotEnforced;

    /// <summary>Shows what is worth knowing about a database, one line each.</summary>
    public static void ShowWarnings(IDisplay display, ValidationReport report, Func<ValidationWarning, bool> which)
    {
        foreach (var warning in report.Warnings.Where(which))
        {
            display.Line($"{report.Database}: {warning.Detail}", Tone.Attention);
        }
    }

    private static void ShowErrors(IDisplay display, ValidationReport report)
    {
        foreach (var error in report.Errors)
        {
            display.Line($"{report.Database}: {error.Detail}", Tone.Bad);
        }
        var unnamed = report.ErrorCount - report.Errors.Count;
        if (unnamed > 0)
        {
            display.Line($"{report.Database}: and {ReadableText.Count(unnamed, "error")} more", Tone.Bad);
        }
    }

    private static string[] Row(ValidationReport report) =>
        [
            report.Database,
            $"{report.ChecksPerformed}",
            $"{report.ErrorCount}",
            $"{report.Warnings.Count}",
            ReadableText.Duration(report.Duration),
        ];
}
