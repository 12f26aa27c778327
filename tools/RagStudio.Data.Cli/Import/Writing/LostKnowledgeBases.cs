using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Cli;

/// <summary>
/// Finds the knowledge bases of earlier imports that a power failure took away while their events stayed, and ends their streams: nothing
/// else brings the log back to naming only what is there or was deleted.
/// </summary>
/// <remarks>
/// The events hold no names: a stream is taken for one of this folder's where it tells of a content that is in the folder, or of no document at
/// all. Another one may be missing because app_meta is an older copy, which its owner can still replace.
/// </remarks>
internal sealed class LostKnowledgeBases(
    IDbContextFactory<EventsContext> contexts,
    KnowledgeBaseRepository knowledgeBases,
    ImportEvents events
)
{
    /// <summary>Ends the streams of what is lost.</summary>
    /// <param name="files">The files of the folder.</param>
    /// <param name="cancellationToken">Stops between two streams.</param>
    /// <returns>How many streams were ended.</returns>
    public async Task<int> EndAsync(IReadOnlyList<ScannedFile> files, CancellationToken cancellationToken)
    {
        var hashes = files.Select(file => file.ContentHash).ToHashSet(StringComparer.Ordinal);
        var ended = 0;
        foreach (var id in await BegunAsync(cancellationToken))
        {
            // Asked after the event was read, before which its import has flushed the row.
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

    /// <summary>The last sequence number of a stream that only imports of these contents have written, or null.</summary>
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
