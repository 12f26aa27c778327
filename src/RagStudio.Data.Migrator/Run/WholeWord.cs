namespace RagStudio.Data.Migrator.Run;

/// <summary>Finds the name of a database object in a text, such as SQL or an error.</summary>
internal static class WholeWord
{
    /// <summary>
    /// True if a text contains a whole name, however it is quoted: <c>Order</c> within <c>OrderLines</c> does not
    /// count.
    /// </summary>
    public static bool IsIn(string text, string? name)
    {
        var at = name is null ? -1 : text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        while (at >= 0)
        {
            var end = at + name!.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end])))
            {
                return true;
            }
            at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase);
        }
        return false;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
