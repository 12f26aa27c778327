using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RagStudio.Data.Migrator.PostgreSql.Copy;

/// <summary>Decides if a text is JSON that the server accepts.</summary>
internal static class JsonFit
{
    /// <summary>The server's own limit depends on its stack, and is higher.</summary>
    private const int MaxDepth = 1000;

    private const int MaxDigitsBefore = 131_072;
    private const int MaxDigitsAfter = 16_383;

    /// <param name="text">The text.</param>
    /// <param name="isBinary">True for <c>jsonb</c>, which decodes strings and numbers.</param>
    /// <returns>Why not; <see langword="null"/> if it does.</returns>
    public static string? FindMisfit(string text, bool isBinary)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text),
            new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = false }
        );
        try
        {
            while (reader.Read())
            {
                if (isBinary && FindMisfit(ref reader) is { } misfit)
                {
                    return misfit;
                }
            }
            return null;
        }
        catch (JsonException)
        {
            return $"is no JSON, or nested deeper than {MaxDepth}";
        }
    }

    private static string? FindMisfit(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return FitsNumeric(Encoding.ASCII.GetString(reader.ValueSpan)) ? null : "has a number out of range";
        }
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
        {
            return null;
        }
        try
        {
            return reader.GetString()!.Contains('\0', StringComparison.Ordinal)
                ? "has \\u0000 in a string, which jsonb cannot store"
                : null;
        }
        catch (InvalidOperationException)
        {
            return "has half a surrogate pair in a string, which jsonb cannot store";
        }
    }

    private static bool FitsNumeric(string number)
    {
        var at = number.AsSpan().IndexOfAny('e', 'E');
        var mantissa = at < 0 ? number : number[..at];
        var exponent = 0;
        if (at >= 0 && !int.TryParse(number[(at + 1)..], CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var before = (point < 0 ? mantissa.Length : point) + (long)exponent;
        var after = (point < 0 ? 0 : mantissa.Length - point - 1) - (long)exponent;
        return before <= MaxDigitsBefore && after <= MaxDigitsAfter;
    }
}
