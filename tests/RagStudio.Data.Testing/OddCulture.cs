using System.Globalization;

namespace RagStudio.Data.Testing;

/// <summary>
/// A culture that formats everything differently. The cultures of countries are not available with invariant
/// globalization.
/// </summary>
public static class OddCulture
{
    public static CultureInfo Create()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        var (numbers, times) = (culture.NumberFormat, culture.DateTimeFormat);
        (numbers.NumberDecimalSeparator, numbers.NumberGroupSeparator) = (",", ".");
        (numbers.NegativeSign, numbers.PositiveSign, numbers.NaNSymbol) = ("~", "plus", "none");
        (times.DateSeparator, times.TimeSeparator) = ("-", ".");
        (times.ShortDatePattern, times.LongTimePattern, times.ShortTimePattern) = ("dd-MM-yy", "ss.mm.HH", "mm.HH");
        times.Calendar = culture.Calendar;
        return culture;
    }
}
