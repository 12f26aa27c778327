namespace RagStudio.Data.Cli;

/// <summary>Finds or creates the knowledge base to import into.</summary>
internal sealed class KnowledgeBaseTarget(KnowledgeBaseRepository knowledgeBases, ImportEvents events)
{
    private const string DefaultEmbedderModel = "all-MiniLM-L6-v2";
    private const int DefaultChunkSize = 512;
    private const int DefaultChunkOverlap = 50;

    /// <summary>Opens the version of a knowledge base that is in use, or creates the first one.</summary>
    /// <exception cref="CommandException">
    /// It exists with settings other than the requested ones, or with unusable ones.
    /// </exception>
    public async Task<KnowledgeBase> OpenAsync(ImportRequest request, CancellationToken cancellationToken)
    {
        var found = await knowledgeBases.FindByNameAsync(request.Name, cancellationToken);
        if (found is not null)
        {
            Demand(found, request);
        }

        var opened = found ?? await knowledgeBases.CreateAsync(Describe(request), cancellationToken);
        // Also for an existing one: the import that created it may have been stopped before its flush.
        await knowledgeBases.FlushAsync(cancellationToken);
        await events.BeginAsync(opened, cancellationToken);
        return opened;
    }

    private static NewKnowledgeBase Describe(ImportRequest request)
    {
        var size = request.ChunkSize ?? DefaultChunkSize;
        var overlap = request.ChunkOverlap ?? Math.Min(DefaultChunkOverlap, size / 10);
        DemandCuttable(request.Name, size, overlap);
        return new NewKnowledgeBase
        {
            Name = request.Name,
            EmbedderModel = request.EmbedderModel ?? DefaultEmbedderModel,
            ChunkSize = size,
            ChunkOverlap = overlap,
        };
    }

    private static void Demand(KnowledgeBase found, ImportRequest request)
    {
        Demand(found, "chunk size", found.ChunkSize, request.ChunkSize ?? found.ChunkSize);
        Demand(found, "chunk overlap", found.ChunkOverlap, request.ChunkOverlap ?? found.ChunkOverlap);
        Demand(found, "embedder model", found.EmbedderModel, request.EmbedderModel ?? found.EmbedderModel);
        DemandCuttable(found.Name, found.ChunkSize, found.ChunkOverlap);
    }

    private static void DemandCuttable(string name, int size, int overlap)
    {
        if (size < 1 || overlap < 0 || overlap >= size)
        {
            throw CommandException.Usage(
                $"chunks of {size} words cannot overlap by {overlap}, as set for the knowledge base '{name}'. "
                    + "Nothing was imported."
            );
        }
    }

    private static void Demand<T>(KnowledgeBase found, string what, T has, T wanted)
    {
        if (!Equals(has, wanted))
        {
            throw CommandException.Usage(
                $"the knowledge base '{found.Name}' has the {what} {has}, not {wanted}. Nothing was imported; omit the option."
            );
        }
    }
}
