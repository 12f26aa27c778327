using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>Formats values for the user, independent of the culture.</summary>
internal static class ReadableText
{
    private const int MaxListed = 5;
    private const int ListedOfMore = 3;

    private static readonly string[] SizeUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Formats a time span: 12 ms, 3.4 s, 5 min 6 s.</summary>
    public static string Duration(TimeSpan duration) =>
        duration switch
        {
            { TotalMilliseconds: < 1000 } => Format($"{duration.TotalMilliseconds:0} ms"),
            { TotalMinutes: < 1 } => Format($"{duration.TotalSeconds:0.0} s"),
            _ => Format($"{Math.Floor(duration.TotalMinutes):0} min {duration.Seconds} s"),
        };

    /// <summary>Formats a size: 12 bytes, 3.4 MiB.</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < SizeUnits.Length - 1; unit++)
        {
            value /= 1024;
        }

        return Format($"{value:0.#} {SizeUnits[unit]}");
    }

    /// <summary>Formats a time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <summary>Formats a number with its noun: 1 file, 2 files.</summary>
    public static string Count(long count, string noun) => Format($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string Format(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Lists the first few of many, and the number of the others.</summary>
    public static string List(IReadOnlyList<string> items) =>
        items.Count <= MaxListed
            ? string.Join(", ", items)
            : $"{string.Join(", ", items.Take(ListedOfMore))}, … and {items.Count - ListedOfMore} more";
}
