using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RagStudio.Data.Cli;

/// <summary>Encodes texts for a page.</summary>
internal static class HtmlText
{
    private const char Replacement = '\uFFFD';

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A text that shows as it is, whatever is in it.</summary>
    public static string Encode(string text) => Encoder.Encode(text.Any(IsForbidden) ? Replaced(text) : text);

    private static string Replaced(string text) =>
        string.Concat(text.Select(character => IsForbidden(character) ? Replacement : character));

    // No reference to them is allowed, in XML at least.
    private static bool IsForbidden(char character) =>
        (char.IsControl(character) && character is not ('\t' or '\n' or '\r')) || character is '\uFFFE' or '\uFFFF';
}
