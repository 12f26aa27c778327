namespace RagStudio.Data.Cli;

/// <summary>Reads the words of a text, which stand in for the tokens of an embedder.</summary>
/// <remarks>
/// Words are separated by white space. A Chinese or Japanese character is a word by itself, because those
/// scripts put no space between words. A run without white space is split every 64 characters, so no chunk
/// grows without limit.
/// </remarks>
/// <param name="text">The text.</param>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    private const int MaxLength = 64;

    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>The start of the current word.</summary>
    public int Start { get; private set; }

    /// <summary>The end of the current word.</summary>
    public int End { get; private set; }

    /// <summary>Advances to the next word.</summary>
    /// <returns>True if there is one.</returns>
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

    // Kana, ideographs, and their compatibility forms.
    private static bool IsWordOfItsOwn(char character) =>
        character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
