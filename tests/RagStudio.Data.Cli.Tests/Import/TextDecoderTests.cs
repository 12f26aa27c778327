using System.Text;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class TextDecoderTests
{
    private const string Sample = "Grüße, 世界 𝒳\n";

    private static IEnumerable<Encoding> Encodings =>
        [
            new UTF8Encoding(true),
            new UnicodeEncoding(bigEndian: false, byteOrderMark: true),
            new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
            new UTF32Encoding(bigEndian: false, byteOrderMark: true),
            new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        ];

    [TestCaseSource(nameof(Encodings))]
    public void Decode_goes_by_the_byte_order_mark_and_drops_it(Encoding encoding) =>
        Assert.That(TextDecoder.Decode([.. encoding.Preamble, .. encoding.GetBytes(Sample)]), Is.EqualTo(Sample));

    [Test]
    public void Decode_takes_bytes_without_a_mark_as_utf8() =>
        Assert.That(TextDecoder.Decode(Encoding.UTF8.GetBytes(Sample)), Is.EqualTo(Sample));

    [Test]
    public void Decode_refuses_what_is_not_valid_in_its_encoding()
    {
        byte[] latin1 = [.. "Gr"u8, 0xFC, 0xDF, .. "e"u8];
        Assert.That(
            () => TextDecoder.Decode(latin1),
            Throws.TypeOf<UnreadableFileException>().With.Message.EqualTo("it is not valid UTF-8 text")
        );
    }

    [Test]
    public void Decode_refuses_binary_content() =>
        Assert.That(
            () => TextDecoder.Decode("PK\0\0"u8),
            Throws.TypeOf<UnreadableFileException>().With.Message.Contains("NUL")
        );
}
