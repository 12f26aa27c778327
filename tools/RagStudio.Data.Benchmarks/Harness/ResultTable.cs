using System.Globalization;
using System.Text;

namespace RagStudio.Data.Benchmarks;

/// <summary>Formats results as a Markdown table.</summary>
internal static class ResultTable
{
    public static string Of(IEnumerable<ScenarioResult> results)
    {
        var table = new StringBuilder();
        table.AppendLine(
            "| scenario | over | ours ms | peer ms | ratio | target | managed MB (peer) | working set MB |"
        );
        table.AppendLine("|---|---|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            table.AppendLine(Row(result));
        }
        return table.ToString();
    }

    private static string Row(ScenarioResult result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.Name} | {result.Description} | {result.Milliseconds:N0} | {Text(result.PeerMilliseconds, "N0")} | {Text(result.Ratio, "N2")} | {Target(result)} | {result.PeakManagedMegabytes:N0} ({result.PeerPeakManagedMegabytes:N0}) | {result.PeakWorkingSetMegabytes:N0} |"
        );

    private static string Text(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static string Target(ScenarioResult result) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"≤ {result.Target}{(result.Ratio is null ? " ms" : "")} {(result.IsWithinTarget ? "✓" : "✗")}"
        );
}
