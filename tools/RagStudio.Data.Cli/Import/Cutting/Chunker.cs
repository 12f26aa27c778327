namespace RagStudio.Data.Cli;

/// <summary>
/// Splits texts into chunks of a number of words, each of which repeats the last words of the previous one.
/// </summary>
internal sealed class Chunker
{
    private readonly int _size;
    private readonly int _overlap;

    /// <param name="size">The number of words in a chunk; 1 or more.</param>
    /// <param name="overlap">
    /// The number of words that a chunk repeats; 0 or more, and less than <paramref name="size"/>.
    /// </param>
    public Chunker(int size, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(overlap);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(overlap, size);
        (_size, _overlap) = (size, overlap);
    }

    /// <summary>
    /// Splits a text. <b>Every word is in a chunk, and every chunk has a word that no earlier one
    /// contains.</b>
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>The chunks, in order; none for a text without words.</returns>
    public IReadOnlyList<TextChunk> Cut(string text)
    {
        var chunks = new List<TextChunk>();
        var starts = new Queue<int>();
        var end = 0;
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            // The chunk is closed only when another word follows, so the last one is never a mere repetition.
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
