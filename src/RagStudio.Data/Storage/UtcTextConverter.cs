using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

// Fixed width, so sorting the text sorts the times, in SQL and in indexes too.
internal sealed class UtcTextConverter()
    : ValueConverter<DateTimeOffset, string>(time => Write(time), text => Read(text))
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>True if a text has the width and the separators of <see cref="Format"/>.</summary>
    public static bool IsFixed(ReadOnlySpan<byte> text) =>
        text.Length == 28
        && text[4] == '-'
        && text[7] == '-'
        && text[10] == 'T'
        && text[13] == ':'
        && text[16] == ':'
        && text[19] == '.'
        && text[27] == 'Z';

    /// <summary>Returns the fixed form of anything that can be read as a time; other text unchanged.</summary>
    public static string Normalise(string text) => TryRead(text, out var time) ? Write(time) : text;

    // Also reads formats that other programs may have written, such as SQLite's own datetime().
    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, Universal);

    public static bool TryRead(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Universal, out time);
}
