namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ReadableTextTests
{
    [TestCase(0.4, "0 ms")]
    [TestCase(12, "12 ms")]
    [TestCase(3400, "3.4 s")]
    [TestCase(306_000, "5 min 6 s")]
    public void Duration_has_the_unit_that_fits(double milliseconds, string text) =>
        Assert.That(ReadableText.Duration(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(text));

    [TestCase(0, "0 bytes")]
    [TestCase(1023, "1023 bytes")]
    [TestCase(1536, "1.5 KiB")]
    [TestCase(64L * 1024 * 1024, "64 MiB")]
    public void Size_has_the_unit_that_fits(long bytes, string text) =>
        Assert.That(ReadableText.Size(bytes), Is.EqualTo(text));

    [TestCase(1, "1 file")]
    [TestCase(0, "0 files")]
    [TestCase(2000, "2,000 files")]
    public void Count_has_the_number_of_its_noun(long count, string text) =>
        Assert.That(ReadableText.Count(count, "file"), Is.EqualTo(text));
}
