namespace RagStudio.Data.Cli;

/// <summary>Finds the files of a folder that are already in a knowledge base.</summary>
internal sealed class PresentDocuments(DocumentRepository documents)
{
    private const int HashesPerQuery = 500;
    private const int RowsPerPage = 1000;

    /// <summary>Returns the hashes of existing content.</summary>
    public async Task<HashSet<string>> FindHashesAsync(
        string knowledgeBaseId,
        IReadOnlyList<ScannedFile> files,
        CancellationToken cancellationToken
    )
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in files.Select(file => file.ContentHash).Chunk(HashesPerQuery))
        {
            present.UnionWith(await documents.FindExistingHashesAsync(knowledgeBaseId, part, cancellationToken));
        }

        return present;
    }

    /// <summary>Lists the documents with these contents by id.</summary>
    public async Task<Dictionary<string, ImportedDocument>> ListAsync(
        string knowledgeBaseId,
        HashSet<string> hashes,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<string, ImportedDocument>(StringComparer.Ordinal);
        IReadOnlyList<DocumentSummary> page;
        string? last = null;
        do
        {
            page = await documents.ListAsync(knowledgeBaseId, last, RowsPerPage, cancellationToken);
            foreach (var row in page.Where(row => hashes.Contains(row.ContentHash)))
            {
                found.Add(row.Id, new ImportedDocument(row.Id, row.ContentHash, row.ChunkCount, row.SizeBytes));
            }

            last = page is [.., var end] ? end.Id : last;
        } while (page.Count == RowsPerPage);
        return found;
    }
}
