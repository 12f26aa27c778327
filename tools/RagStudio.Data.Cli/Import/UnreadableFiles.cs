namespace RagStudio.Data.Cli;

/// <summary>Reports the files that cannot be imported.</summary>
internal static class UnreadableFiles
{
    private const int MaxToName = 20;

    /// <summary>Warns about the files if they may be skipped.</summary>
    /// <param name="files">The files.</param>
    /// <param name="skip">True if they may be skipped.</param>
    /// <param name="output">Receives the lines.</param>
    /// <exception cref="CommandException">They must not be skipped.</exception>
    public static void Report(IReadOnlyList<UnreadableFile> files, bool skip, CommandOutput output)
    {
        if (files.Count == 0)
        {
            return;
        }

        if (!skip && files is [var only])
        {
            throw CommandException.Usage($"{Describe(only)}. Nothing was imported; pass --skip-unreadable to skip it.");
        }

        Name(files, skip ? text => output.Warn(text) : output.Error);
        if (!skip)
        {
            throw CommandException.Usage(
                $"{files.Count} files cannot be imported. Nothing was imported; pass --skip-unreadable to skip them."
            );
        }
    }

    private static void Name(IReadOnlyList<UnreadableFile> files, Action<string> tell)
    {
        foreach (var file in files.Take(MaxToName))
        {
            tell(Describe(file));
        }

        if (files.Count > MaxToName)
        {
            tell($"... and {files.Count - MaxToName} more");
        }
    }

    private static string Describe(UnreadableFile file) => $"'{file.Path}' cannot be imported: {file.Reason}";
}
