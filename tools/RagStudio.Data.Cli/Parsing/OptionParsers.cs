using System.CommandLine.Parsing;
using System.Globalization;

namespace RagStudio.Data.Cli;

/// <summary>Read the values of options, and say what is wrong with them by the option's name.</summary>
internal static class OptionParsers
{
    private const double MostSeconds = 86400;

    /// <summary>A time in seconds, decimals allowed, of a day at most.</summary>
    public static TimeSpan? Seconds(ArgumentResult argument, double least)
    {
        var text = argument.Tokens[0].Value;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        // The comparisons are such that NaN fails them.
        if (isNumber && seconds >= least && seconds <= MostSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Refuse(argument, FormattableString.Invariant($"seconds from {least} to {MostSeconds}"));
        return null;
    }

    /// <summary>A whole number.</summary>
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

    /// <summary>One of some words.</summary>
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

    private static void Refuse(ArgumentResult argument, string wanted)
    {
        var option = (argument.Parent as OptionResult)?.IdentifierToken?.Value;
        argument.AddError($"{option} takes {wanted}, not '{argument.Tokens[0].Value}'.");
    }
}
