namespace RagStudio.Data.Cli;

/// <summary>Finds a title for a document.</summary>
internal static class DocumentTitle
{
    private const int MaxLevel = 6;

    /// <summary>
    /// Returns the first heading of a Markdown file; for other files, or without a heading, the file's name.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    public static string Find(SourceFile file, string text) =>
        (IsMarkdown(file) ? FirstHeading(text) : null) ?? Path.GetFileNameWithoutExtension(file.FullPath);

    private static bool IsMarkdown(SourceFile file) =>
        !file.FullPath.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    private static string? FirstHeading(string text)
    {
        ReadOnlySpan<char> fence = default;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var mark = Fence(line);
            if (fence.IsEmpty)
            {
                fence = mark;
            }
            else if (mark.StartsWith(fence))
            {
                fence = default;
            }

            if (fence.IsEmpty && Heading(line) is { } heading)
            {
                return heading;
            }
        }
        return null;
    }

    // In a code block, a line that begins with # is a comment in the code.
    private static ReadOnlySpan<char> Fence(ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimStart(' ');
        return trimmed.StartsWith("```") || trimmed.StartsWith("~~~") ? trimmed[..3] : default;
    }

    private static string? Heading(ReadOnlySpan<char> line)
    {
        var level = line.IndexOfAnyExcept('#');
        if (level is < 1 or > MaxLevel || line[level] is not (' ' or '\t'))
        {
            return null;
        }

        var heading = line[level..].Trim().TrimEnd('#').TrimEnd();
        return heading.IsEmpty ? null : heading.ToString();
    }
}
