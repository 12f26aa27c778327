namespace RagStudio.Data.Migrator.Providers;

/// <summary>What a text may contain that databases treat differently.</summary>
public static class TextForm
{
    /// <summary>Determines if a text has half a surrogate pair, which UTF-8 cannot express.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if it has.</returns>
    public static bool HasLoneSurrogate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var first = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (var i = first; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }
            i++;
        }
        return false;
    }
}
