namespace RagStudio.Data.Cli;

/// <summary>Imports the files of a folder into a knowledge base.</summary>
/// <remarks>
/// <para><b>An import that was stopped at any point is completed by the next one of the same folder.</b> The two
/// databases have no transaction in common, so they are written in the only order that leaves both valid: the knowledge
/// base, the event of its creation, then alternately a batch of documents and their events. Only events of existing
/// documents can be missing; the next import finds and writes them.</para>
/// <para><b>Rows are flushed before an event refers to them</b>: events survive a power failure at once, the rows of the
/// other database only when they are flushed. If an import of an earlier version lost a knowledge base in this way, the
/// next one ends its stream.</para>
/// </remarks>
internal sealed class FolderImport(
    KnowledgeBaseTarget targets,
    PresentDocuments present,
    DocumentRepository documents,
    ImportEvents events,
    LostKnowledgeBases lost
)
{
    /// <summary>Imports the files that the knowledge base does not contain yet.</summary>
    /// <param name="request">The knowledge base, which is created if it does not exist.</param>
    /// <param name="files">The files of the folder.</param>
    /// <param name="progress">Receives the progress of the writing.</param>
    /// <param name="cancellationToken">Stops between two batches; written data is kept.</param>
    public async Task<ImportSummary> RunAsync(
        ImportRequest request,
        IReadOnlyList<ScannedFile> files,
        IProgress<ProgressStep>? progress,
        CancellationToken cancellationToken
    )
    {
        if (files.Count == 0)
        {
            return ImportSummary.Nothing;
        }

        var knowledgeBase = await targets.OpenAsync(request, cancellationToken);
        var ended = await lost.EndAsync(files, cancellationToken);
        var hashes = await present.FindHashesAsync(knowledgeBase.Id, files, cancellationToken);
        var repaired = await RepairAsync(knowledgeBase.Id, hashes, cancellationToken);
        // Add returns false for a hash that the set already contains, so the second of two files with the
        // same content is skipped.
        var added = files.Where(file => hashes.Add(file.ContentHash)).ToList();
        var written = await WriteAsync(knowledgeBase, added, progress, cancellationToken);
        return written with { Skipped = files.Count - added.Count, Repaired = ended + repaired };
    }

    private async Task<int> RepairAsync(
        string knowledgeBaseId,
        HashSet<string> hashes,
        CancellationToken cancellationToken
    )
    {
        if (hashes.Count == 0)
        {
            return 0;
        }

        var missing = await present.ListAsync(knowledgeBaseId, hashes, cancellationToken);
        await events.RemoveKnownAsync(knowledgeBaseId, missing, cancellationToken);
        if (missing.Count > 0)
        {
            await AppendEventsAsync(
                knowledgeBaseId,
                missing.Values.OrderBy(document => document.Id, StringComparer.Ordinal)
            );
        }

        return missing.Count;
    }

    private async Task<ImportSummary> WriteAsync(
        KnowledgeBase knowledgeBase,
        List<ScannedFile> files,
        IProgress<ProgressStep>? progress,
        CancellationToken cancellationToken
    )
    {
        var written = ImportSummary.Nothing;
        var batches = new DocumentReader(knowledgeBase).ReadAsync(files, cancellationToken);
        try
        {
            await foreach (var batch in batches.OneAhead(cancellationToken))
            {
                progress?.Report(ProgressStep.Count("Importing", written.Imported, files.Count, "document"));
                var rows = await documents.AddAsync(batch, cancellationToken);
                written = Add(written, batch);
                await AppendEventsAsync(knowledgeBase.Id, rows.Select(Describe));
            }
        }
        catch (Exception error) when (written.Imported > 0)
        {
            throw Stopped(error, written, cancellationToken.IsCancellationRequested);
        }
        return written;
    }

    private async Task AppendEventsAsync(string knowledgeBaseId, IEnumerable<ImportedDocument> added)
    {
        // Not cancelable: the documents are committed, and their events must follow.
        await documents.FlushAsync(CancellationToken.None);
        await events.AppendAsync(knowledgeBaseId, added);
    }

    // The usual message, that everything is unchanged, would not be true here.
    private static CommandException Stopped(Exception error, ImportSummary written, bool cancelled)
    {
        var failure = Failure.From(error, cancelled);
        var reason = failure.ExitCode == ExitCode.Cancelled ? "cancelled." : failure.Message;
        return new CommandException(
            failure.ExitCode,
            $"{reason} {ReadableText.Count(written.Imported, "document")} imported before are kept; "
                + "run the import again for the rest.",
            error
        );
    }

    private static ImportedDocument Describe(Document document) =>
        new(document.Id, document.ContentHash, document.ChunkCount, document.SizeBytes);

    private static ImportSummary Add(ImportSummary sum, IReadOnlyList<NewDocument> batch) =>
        sum with
        {
            Imported = sum.Imported + batch.Count,
            Chunks = sum.Chunks + batch.Sum(document => document.Chunks.Count),
            Bytes = sum.Bytes + batch.Sum(document => document.SizeBytes),
        };
}
