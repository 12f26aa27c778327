using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Cli;

/// <summary>
/// Finds knowledge bases of earlier imports that were lost in a power failure while their events survived,
/// and ends their streams: nothing else makes the log refer only to knowledge bases that exist or were
/// deleted.
/// </summary>
/// <remarks>
/// The events contain no names: a stream is attributed to this folder if it refers to content in the folder,
/// or to no document at all. Any other knowledge base may be missing because app_meta is an older copy, which
/// its owner can still replace.
/// </remarks>
internal sealed class LostKnowledgeBases(
    IDbContextFactory<EventsContext> contexts,
    KnowledgeBaseRepository knowledgeBases,
    ImportEvents events
)
{
    /// <summary>Ends the streams of lost knowledge bases.</summary>
    /// <param name="files">The files of the folder.</param>
    /// <param name="cancellationToken">Stops between two streams.</param>
    /// <returns>The number of streams that were ended.</returns>
    public async Task<int> EndAsync(IReadOnlyList<ScannedFile> files, CancellationToken cancellationToken)
    {
        var hashes = files.Select(file => file.ContentHash).ToHashSet(StringComparer.Ordinal);
        var ended = 0;
        foreach (var id in await BegunAsync(cancellationToken))
        {
            // Looked up after the event was read, because the import flushes the row before the event.
            if (
                await knowledgeBases.FindAsync(id, cancellationToken) is null
                && await LastOfImportAsync(id, hashes, cancellationToken) is { } version
            )
            {
                await events.EndAsync(id, version, cancellationToken);
                ended++;
            }
        }

        return ended;
    }

    private async Task<List<string>> BegunAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context
            .Events.Where(row => row.EventType == ImportEvents.Created)
            .Where(row => row.AggregateType == ImportEvents.AggregateType)
            .Select(row => row.AggregateId)
            .Distinct()
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Returns the last sequence number of a stream that only imports of these contents have written; null
    /// for any other.
    /// </summary>
    private async Task<long?> LastOfImportAsync(string id, HashSet<string> hashes, CancellationToken cancellationToken)
    {
        long? last = null;
        var (hasDocuments, isOfFolder) = (false, false);
        await foreach (var row in events.ReadAsync(id, cancellationToken))
        {
            if (row.EventType is not (ImportEvents.Created or ImportEvents.DocumentImported))
            {
                return null;
            }

            hasDocuments |= row.EventType == ImportEvents.DocumentImported;
            isOfFolder |= ImportEvents.TextOf(row.EventData, "content_hash") is { } hash && hashes.Contains(hash);
            last = row.SequenceNumber;
        }

        return isOfFolder || !hasDocuments ? last : null;
    }
}
