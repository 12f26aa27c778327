namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ChunkerTests
{
    [Test]
    public void Cut_makes_one_piece_of_a_text_that_fits_into_it() =>
        Assert.That(new Chunker(3, 1).Cut("one two three"), Is.EqualTo(new[] { new TextChunk("one two three", 3) }));

    [Test]
    public void Cut_repeats_the_last_words_of_the_piece_before() =>
        Assert.That(
            new Chunker(3, 1).Cut("a b c d e f g"),
            Is.EqualTo(new[] { new TextChunk("a b c", 3), new TextChunk("c d e", 3), new TextChunk("e f g", 3) })
        );

    [Test]
    public void Cut_makes_no_last_piece_of_repeated_words_alone() =>
        Assert.That(
            new Chunker(4, 2).Cut("a b c d e f"),
            Is.EqualTo(new[] { new TextChunk("a b c d", 4), new TextChunk("c d e f", 4) })
        );

    [Test]
    public void Cut_ends_with_a_shorter_piece() =>
        Assert.That(
            new Chunker(4, 1).Cut("a b c d e"),
            Is.EqualTo(new[] { new TextChunk("a b c d", 4), new TextChunk("d e", 2) })
        );

    [TestCase("")]
    [TestCase(" \r\n\t ")]
    public void Cut_makes_nothing_of_a_text_without_a_word(string text) =>
        Assert.That(new Chunker(3, 1).Cut(text), Is.Empty);

    [Test]
    public void Cut_keeps_the_white_space_within_a_piece_as_it_is() =>
        Assert.That(
            new Chunker(3, 0).Cut("  a\r\n\r\n\tb   c \n d").Select(chunk => chunk.Content),
            Is.EqualTo(new[] { "a\r\n\r\n\tb   c", "d" })
        );

    [Test]
    public void Cut_counts_every_character_of_a_script_without_spaces() =>
        Assert.That(
            new Chunker(3, 1).Cut("知識庫の文書 RAG"),
            Is.EqualTo(new[] { new TextChunk("知識庫", 3), new TextChunk("庫の文", 3), new TextChunk("文書 RAG", 3) })
        );

    [Test]
    public void Cut_breaks_a_run_without_spaces_but_no_character()
    {
        var run = string.Concat(Enumerable.Repeat("𝒳", 100));
        var chunks = new Chunker(1, 0).Cut(run);
        Assert.Multiple(() =>
        {
            Assert.That(chunks, Has.Count.GreaterThan(1));
            Assert.That(string.Concat(chunks.Select(chunk => chunk.Content)), Is.EqualTo(run));
            Assert.That(chunks.Select(chunk => chunk.Content), Has.None.Matches<string>(IsBroken));
        });
    }

    [Test]
    public void Cut_loses_no_word_and_repeats_exactly_the_overlap(
        [Values(0, 1, 7, 49)] int overlap,
        [Values(50, 99, 100, 101, 1000)] int words
    )
    {
        var text = string.Join(' ', Enumerable.Range(0, words));
        var chunks = new Chunker(50, overlap).Cut(text);
        var seen = chunks.SelectMany((chunk, i) => chunk.Content.Split(' ').Skip(i == 0 ? 0 : overlap));
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(' ', seen), Is.EqualTo(text));
            Assert.That(
                chunks.Select(chunk => chunk.Content.Split(' ').Length),
                Is.EqualTo(chunks.Select(chunk => chunk.WordCount))
            );
            Assert.That(chunks.SkipLast(1).Select(chunk => chunk.WordCount), Is.All.EqualTo(50));
        });
    }

    [TestCase(0, 0)]
    [TestCase(5, -1)]
    [TestCase(5, 5)]
    public void Chunker_refuses_sizes_that_never_come_to_an_end(int size, int overlap) =>
        Assert.That(() => new Chunker(size, overlap), Throws.TypeOf<ArgumentOutOfRangeException>());

    private static bool IsBroken(string text) => char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1]);
}
