using System.Text;

namespace RagStudio.Data.Cli;

/// <summary>
/// Decodes a file's bytes as UTF-8, or according to a byte order mark. Never guesses, never replaces.
/// </summary>
internal static class TextDecoder
{
    // UTF-32 before UTF-16: the little-endian byte order mark of UTF-16 is a prefix of that of UTF-32.
    private static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>Decodes a whole file.</summary>
    /// <param name="bytes">The file, with or without a byte order mark.</param>
    /// <returns>The text without the mark.</returns>
    /// <exception cref="UnreadableFileException">The bytes are not text in their encoding.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var encoding = Encodings[0];
        var start = 0;
        foreach (var candidate in Encodings)
        {
            if (!bytes.StartsWith(candidate.Preamble))
            {
                continue;
            }

            (encoding, start) = (candidate, candidate.Preamble.Length);
            break;
        }
        return Decode(bytes[start..], encoding);
    }

    private static string Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw new UnreadableFileException("it is not text: it contains NUL characters")
                : text;
        }
        catch (DecoderFallbackException error)
        {
            throw new UnreadableFileException($"it is not valid {encoding.WebName.ToUpperInvariant()} text", error);
        }
    }
}
