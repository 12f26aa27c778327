using System.Runtime.CompilerServices;

namespace RagStudio.Data.Cli;

/// <summary>Creates documents from files, in batches that are each written in one transaction.</summary>
/// <param name="knowledgeBase">The knowledge base that they belong to, with the settings for splitting them.</param>
internal sealed class DocumentReader(KnowledgeBase knowledgeBase)
{
    private const int MaxDocuments = 100;
    private const long MaxBytes = 8 * 1024 * 1024;

    private readonly Chunker _chunker = new(knowledgeBase.ChunkSize, knowledgeBase.ChunkOverlap);

    /// <summary>Reads and splits files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Batches of 100 documents, or fewer if they are large.</returns>
    /// <exception cref="CommandException">A file has changed since the folder was scanned.</exception>
    public async IAsyncEnumerable<IReadOnlyList<NewDocument>> ReadAsync(
        IReadOnlyList<ScannedFile> files,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<NewDocument>();
        foreach (var file in files)
        {
            batch.Add(await ReadAsync(file, cancellationToken));
            if (batch.Count < MaxDocuments && batch.Sum(document => document.SizeBytes) < MaxBytes)
            {
                continue;
            }

            yield return batch;
            batch = [];
        }
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async Task<NewDocument> ReadAsync(ScannedFile file, CancellationToken cancellationToken)
    {
        try
        {
            var source = await SourceReader.ReadAsync(file.File, cancellationToken);
            return source.ContentHash == file.ContentHash
                ? Describe(file.File, source)
                : throw new UnreadableFileException("it has changed");
        }
        catch (UnreadableFileException error)
        {
            throw CommandException.Usage(
                $"'{file.File.RelativePath}' was readable at first but no longer is: {error.Reason}.",
                error
            );
        }
    }

    private NewDocument Describe(SourceFile file, SourceText source) =>
        new()
        {
            KnowledgeBaseId = knowledgeBase.Id,
            Title = DocumentTitle.Find(file, source.Text),
            SourcePath = file.RelativePath,
            ContentHash = source.ContentHash,
            SizeBytes = source.Bytes,
            Chunks = [.. _chunker.Cut(source.Text).Select(Describe)],
        };

    private static NewChunk Describe(TextChunk chunk) =>
        new()
        {
            Content = chunk.Content,
            ContentHash = Sha256Hex.Compute(chunk.Content),
            TokenCount = chunk.WordCount,
        };
}
