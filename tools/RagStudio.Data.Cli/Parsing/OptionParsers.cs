using System.CommandLine.Parsing;
using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>Parses the values of options, with errors that name the option.</summary>
internal static class OptionParsers
{
    private const double MaxSeconds = 86400;
    private const double LeastDays = 0.001;
    private const double MaxDays = 3650;

    /// <summary>Parses a time in seconds, with decimals, of at most a day.</summary>
    public static TimeSpan? Seconds(ArgumentResult argument, double least) =>
        Decimal(argument, "seconds", least, MaxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Parses a time in days, with decimals, of at most ten years.</summary>
    public static TimeSpan? Days(ArgumentResult argument) =>
        Decimal(argument, "days", LeastDays, MaxDays) is { } days ? TimeSpan.FromDays(days) : null;

    /// <summary>Parses a number of bytes, 1 or more.</summary>
    public static long? Bytes(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes > 0)
        {
            return bytes;
        }

        Refuse(argument, "a number of bytes from 1");
        return null;
    }

    /// <summary>Parses a whole number.</summary>
    public static int? Number(ArgumentResult argument, int least, int most = int.MaxValue)
    {
        var text = argument.Tokens[0].Value;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least && number <= most)
        {
            return number;
        }

        Refuse(argument, $"a number from {least}" + (most == int.MaxValue ? "" : $" to {most}"));
        return null;
    }

    /// <summary>Parses one of the given words.</summary>
    public static string? OneOf(ArgumentResult argument, params string[] words)
    {
        var text = argument.Tokens[0].Value;
        if (words.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        Refuse(argument, string.Join(" or ", words));
        return null;
    }

    /// <summary>Parses a name for a database, which is used as a file name in every backup set.</summary>
    public static string? DatabaseName(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (DatabaseNames.IsName(text))
        {
            return text;
        }

        Refuse(argument, "letters, digits, '-', '_' and '.', not beginning with '.'");
        return null;
    }

    private static double? Decimal(ArgumentResult argument, string unit, double least, double most)
    {
        var text = argument.Tokens[0].Value;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        // Written so that NaN fails the comparisons.
        if (isNumber && value >= least && value <= most)
        {
            return value;
        }

        Refuse(argument, FormattableString.Invariant($"{unit} from {least} to {most}"));
        return null;
    }

    private static void Refuse(ArgumentResult argument, string wanted)
    {
        var option = (argument.Parent as OptionResult)?.IdentifierToken?.Value;
        argument.AddError($"{option} takes {wanted}, not '{argument.Tokens[0].Value}'.");
    }
}
