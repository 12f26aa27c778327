namespace RagStudio.Data.Cli;

/// <summary>Walks over the words of a text, which stand here for the tokens of an embedder.</summary>
/// <remarks>
/// A word is what stands between white space. A Chinese or Japanese character is a word of its own, because those
/// scripts put no space between words; and of a run without any space every 64 characters are one, so that no chunk grows without end.
/// </remarks>
/// <param name="text">The text.</param>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    private const int MaxLength = 64;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>Where the current word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current word has ended.</summary>
    public int End { get; private set; }

    /// <summary>Goes on to the next word after a position.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        Start = End;
        while (Start < _text.Length && char.IsWhiteSpace(_text[Start]))
        {
            Start++;
        }

        End = Start;
        if (Start == _text.Length)
        {
            return false;
        }

        if (IsWordOfItsOwn(_text[Start]))
        {
            End++;
        }
        else
        {
            End = EndOfRun();
        }

        return true;
    }

    private readonly int EndOfRun()
    {
        var limit = Math.Min(_text.Length, Start + MaxLength);
        var end = Start + 1;
        while (end < limit && !char.IsWhiteSpace(_text[end]) && !IsWordOfItsOwn(_text[end]))
        {
            end++;
        }

        return end < _text.Length && char.IsLowSurrogate(_text[end]) ? end + 1 : end;
    }

    // Kana, ideographs, and the forms of them that are kept for other standards.
    private static bool IsWordOfItsOwn(char character) =>
        character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
