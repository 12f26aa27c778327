using System.Globalization;
using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>
/// Makes text from file names, ids, SQLite messages and table names safe to print: none of its characters
/// controls a terminal, changes the direction of the surrounding text, or ends its line. Such a character is
/// shown as in a JSON escape, so readers see that it is there.
/// </summary>
internal static class NeutralText
{
    private const string LineBreaks = "\t\r\n";

    // Persian, Hindi and many emoji need these two, which only join or separate their neighbors.
    private const string Joiners = "\u200C\u200D";

    /// <summary>Returns the text as a single line: its line breaks and tabs become single spaces.</summary>
    public static string OneLine(string text) =>
        Lines(
            text.AsSpan().IndexOfAny(LineBreaks) < 0
                ? text
                : string.Join(
                    ' ',
                    text.Split(
                        LineBreaks.ToCharArray(),
                        StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
                    )
                )
        );

    /// <summary>Returns the text with its line breaks and tabs. JSON text remains the same document.</summary>
    public static string Lines(string text)
    {
        var neutral = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var isWhole =
                Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            Append(neutral, rest[..length], isWhole && IsHarmless(rune));
            rest = rest[length..];
        }
        return neutral.ToString();
    }

    private static void Append(StringBuilder neutral, ReadOnlySpan<char> characters, bool isHarmless)
    {
        if (isHarmless)
        {
            neutral.Append(characters);
            return;
        }
        foreach (var unit in characters)
        {
            neutral.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }
    }

    private static bool IsHarmless(Rune rune) =>
        rune.IsAscii
            ? !Rune.IsControl(rune) || LineBreaks.Contains((char)rune.Value, StringComparison.Ordinal)
            : rune.Value is not (0xFFFE or 0xFFFF)
                && (
                    rune.IsBmp && Joiners.Contains((char)rune.Value, StringComparison.Ordinal)
                    || Rune.GetUnicodeCategory(rune)
                        is not (
                            UnicodeCategory.Control
                            or UnicodeCategory.Format
                            or UnicodeCategory.LineSeparator
                            or UnicodeCategory.ParagraphSeparator
                        )
                );
}
