using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

// Fixed width, so that the order of the texts is the order of the times, in SQL and in indexes too.
internal sealed class UtcTextConverter()
    : ValueConverter<DateTimeOffset, string>(time => Write(time), text => Read(text))
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>True if a text has the width and the marks of <see cref="Format"/>.</summary>
    public static bool IsFixed(ReadOnlySpan<byte> text) =>
        text.Length == 28
        && text[4] == '-'
        && text[7] == '-'
        && text[10] == 'T'
        && text[13] == ':'
        && text[16] == ':'
        && text[19] == '.'
        && text[27] == 'Z';

    /// <summary>The fixed form of what can be read as a time; other text as it is.</summary>
    public static string Normalise(string text) => TryRead(text, out var time) ? Write(time) : text;

    // Reads what other programs may have written too (SQLite's own datetime() for one).
    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, Universal);

    private static bool TryRead(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Universal, out time);
}
