namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class DocumentTitleTests
{
    [TestCase("# One\n# Two", "One")]
    [TestCase("text\r\n\r\n##  A *title* ##\r\n", "A *title*")]
    [TestCase("```sh\n# a comment\n```\n# After the code", "After the code")]
    [TestCase("#hashtag\n####### seven\n#\n", "notes")]
    [TestCase("", "notes")]
    public void Of_is_the_first_heading_of_a_markdown_file_or_its_name(string text, string title) =>
        Assert.That(DocumentTitle.Find(new SourceFile("/a/notes.md", "notes.md"), text), Is.EqualTo(title));

    [Test]
    public void Of_is_the_name_of_a_plain_text_file() =>
        Assert.That(DocumentTitle.Find(new SourceFile("/a/b.c.txt", "b.c.txt"), "# no heading"), Is.EqualTo("b.c"));
}
