using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace RagStudio.Data;

// Fixed width, so that the order of the texts is the order of the times, in SQL and in indexes too.
internal sealed class UtcTextConverter()
    : ValueConverter<DateTimeOffset, string>(time => Write(time), text => Read(text))
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    // Reads what other programs may have written too (SQLite's own datetime() for one).
    public static DateTimeOffset Read(string text) =>
        DateTimeOffset.Parse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        );
}
