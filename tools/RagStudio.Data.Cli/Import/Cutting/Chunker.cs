namespace RagStudio.Data.Cli;

/// <summary>Cuts texts into pieces of a number of words, each of which repeats the last words of the one before it.</summary>
internal sealed class Chunker
{
    private readonly int _size;
    private readonly int _overlap;

    /// <param name="size">The words of a piece; 1 or more.</param>
    /// <param name="overlap">The words that a piece repeats; 0 or more, and fewer than <paramref name="size"/>.</param>
    public Chunker(int size, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(overlap, size);
        (_size, _overlap) = (size, overlap);
    }

    /// <summary>Cuts a text. <b>Every word is in a piece, and every piece has a word that is in none before it.</b></summary>
    /// <param name="text">The text.</param>
    /// <returns>The pieces in their order; none of a text without a word.</returns>
    public IReadOnlyList<TextChunk> Cut(string text)
    {
        var chunks = new List<TextChunk>();
        var starts = new Queue<int>();
        var end = 0;
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            // The piece is closed only now that a word follows, so that the last one never is a repetition alone.
            if (starts.Count == _size)
            {
                Close(chunks, text, starts, end);
            }

            starts.Enqueue(words.Start);
            end = words.End;
        }
        if (starts.Count > 0)
        {
            chunks.Add(Piece(text, starts, end));
        }

        return chunks;
    }

    private void Close(List<TextChunk> chunks, string text, Queue<int> starts, int end)
    {
        chunks.Add(Piece(text, starts, end));
        while (starts.Count > _overlap)
        {
            starts.Dequeue();
        }
    }

    private static TextChunk Piece(string text, Queue<int> starts, int end) =>
        new(text[starts.Peek()..end], starts.Count);
}
