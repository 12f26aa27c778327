namespace RagStudio.Data.Cli;

/// <summary>Tells of the files that cannot be imported.</summary>
internal static class UnreadableFiles
{
    private const int MostToName = 20;

    /// <summary>Warns of the files where they may be left out.</summary>
    /// <param name="files">The files.</param>
    /// <param name="skip">Whether they may be left out.</param>
    /// <param name="output">Takes the lines.</param>
    /// <exception cref="CommandException">They may not be left out.</exception>
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
        foreach (var file in files.Take(MostToName))
        {
            tell(Describe(file));
        }

        if (files.Count > MostToName)
        {
            tell($"... and {files.Count - MostToName} more");
        }
    }

    private static string Describe(UnreadableFile file) => $"'{file.Path}' cannot be imported: {file.Reason}";
}
