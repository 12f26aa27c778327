using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RagStudio.Data.Cli;

/// <summary>Encodes texts for a page.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>A text that shows as it is, whatever is in it: a reference to a control character does not keep it from taking effect, or is not allowed.</summary>
    public static string Encode(string text) => Encoder.Encode(NeutralText.Lines(text));
}
