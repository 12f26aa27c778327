using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>The style sheet of a report.</summary>
/// <param name="Text">The sheet, without any text that would be markup in a page.</param>
internal sealed record StyleSheet(string Text)
{
    /// <summary>The only style sheet that the page allows: <c>'sha256-…'</c>.</summary>
    public string Source => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";

    /// <summary>Reads the tool's own style sheet.</summary>
    public static StyleSheet Load()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        // A browser normalizes line breaks to a single character before it computes the hash.
        return new StyleSheet(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }
}
