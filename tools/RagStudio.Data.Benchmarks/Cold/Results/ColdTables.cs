using System.Globalization;
using System.Text;

namespace RagStudio.Data.Benchmarks;

/// <summary>Formats results as Markdown tables.</summary>
internal static class ColdTables
{
    public static string Of(IReadOnlyList<ColdResult> results)
    {
        var tables = new StringBuilder();
        foreach (var result in results)
        {
            WritePrograms(tables, result);
        }
        WriteRatios(tables, results);
        WriteGrowth(tables, ColdGrowth.Of(results));
        return tables.ToString();
    }

    private static void WritePrograms(StringBuilder tables, ColdResult result)
    {
        Line(tables, $"{result.Name}: {result.Description}");
        tables.AppendLine();
        tables.AppendLine("| program | whole ms | less an empty one | processor ms | peak MB |");
        tables.AppendLine("|---|---:|---:|---:|---:|");
        foreach (var program in result.Programs)
        {
            Line(
                tables,
                $"| {program.Name} | {program.Milliseconds:N0} | {program.LessEmpty:N0} | {program.ProcessorMilliseconds:N0} | {program.PeakMegabytes:N0} |"
            );
        }
        tables.AppendLine();
    }

    private static void WriteRatios(StringBuilder tables, IEnumerable<ColdResult> results)
    {
        var ratios = results
            .SelectMany(result => result.Ratios, (result, ratio) => (Work: result.Name, ratio))
            .ToList();
        if (ratios.Count == 0)
        {
            return;
        }
        tables.AppendLine("| work | program | against | ratio | target | | of processor time |");
        tables.AppendLine("|---|---|---|---:|---:|---|---:|");
        foreach (var (work, ratio) in ratios)
        {
            Line(
                tables,
                $"| {work} | {ratio.Ours} | {ratio.Peer} | {ratio.Ratio:N2} | ≤ {ratio.Target} | {Met(ratio.IsWithinTarget)} | {ratio.ProcessorRatio:N2} |"
            );
        }
        tables.AppendLine();
    }

    private static void WriteGrowth(StringBuilder tables, IReadOnlyList<ColdGrowth> growth)
    {
        if (growth.Count == 0)
        {
            return;
        }
        tables.AppendLine("| program | migrations | times as long | target | | of processor time |");
        tables.AppendLine("|---|---|---:|---:|---|---:|");
        foreach (var step in growth)
        {
            Line(
                tables,
                $"| {step.Name} | {step.From} → {step.To} | {step.Times:N1} | {Target(step)} | {step.ProcessorTimes:N1} |"
            );
        }
    }

    private static string Target(ColdGrowth step) =>
        step.Target is { } target
            ? string.Create(CultureInfo.InvariantCulture, $"≤ {target} | {Met(step.Times <= target)}")
            : "– | ";

    private static string Met(bool isMet) => isMet ? "met" : "not met";

    private static void Line(StringBuilder tables, FormattableString text) =>
        tables.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
