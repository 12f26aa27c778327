namespace RagStudio.Data.Cli;

/// <summary>
/// The content of a folder. Every file is read once beforehand, so nothing is written before all unreadable
/// files are known.
/// </summary>
/// <param name="Files">The importable files, sorted by path.</param>
/// <param name="Unreadable">The files that cannot be imported.</param>
internal sealed record FolderScan(IReadOnlyList<ScannedFile> Files, IReadOnlyList<UnreadableFile> Unreadable)
{
    /// <summary>Reads every text and Markdown file of a folder.</summary>
    /// <param name="root">The full path of an existing folder.</param>
    /// <param name="progress">Receives the progress of the reading.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<FolderScan> ReadAsync(
        string root,
        IProgress<ProgressStep>? progress,
        CancellationToken cancellationToken
    )
    {
        var folder = SourceFolder.Find(root, cancellationToken);
        var files = new List<ScannedFile>(folder.Files.Count);
        var unreadable = new List<UnreadableFile>(folder.Unreadable);
        foreach (var file in folder.Files)
        {
            progress?.Report(ProgressStep.Count("Reading", files.Count + unreadable.Count, folder.Files.Count, "file"));
            try
            {
                var source = await SourceReader.ReadAsync(file, cancellationToken);
                files.Add(new ScannedFile(file, source.ContentHash));
            }
            catch (UnreadableFileException error)
            {
                unreadable.Add(new UnreadableFile(file.RelativePath, error.Reason));
            }
        }
        return new FolderScan(files, unreadable);
    }
}
