using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RagStudio.Data.Cli;

/// <summary>Encodes text for a page.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// Encodes any text so that it is shown literally. Control characters are replaced, because a character
    /// reference does not keep them from taking effect, or is not allowed.
    /// </summary>
    public static string Encode(string text) => Encoder.Encode(NeutralText.Lines(text));
}
