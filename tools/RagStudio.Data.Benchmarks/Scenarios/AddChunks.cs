using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Adds documents with their chunks in one call, compared with prepared statements in one transaction.
/// </summary>
internal sealed class AddChunks : Scenario
{
    private const int Documents = 100;
    private const int ChunksEach = 100;
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly string Content = string.Concat(Enumerable.Repeat("A chunk has a few hundred words. ", 40));

    private static readonly NewDocument[] Added =
    [
        .. Enumerable
            .Range(0, Documents)
            .Select(i => new NewDocument
            {
                KnowledgeBaseId = KnowledgeBases.Id(i),
                Title = $"document {i}",
                SourcePath = "/p",
                ContentHash = Hash,
                SizeBytes = 100,
                Chunks =
                [
                    .. Enumerable.Repeat(
                        new NewChunk
                        {
                            Content = Content,
                            ContentHash = Hash,
                            TokenCount = 240,
                        },
                        ChunksEach
                    ),
                ],
            }),
    ];

    private DocumentRepository _documents = null!;
    private SqliteConnection _peer = null!;

    public override string Name => "add-chunks";

    public override string Description => $"{Documents * ChunksEach:N0} chunks in one call; peer: prepared statements";

    public override double Target => 1.5;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        _documents = (await databases.EmptyAsync(Name)).Get<DocumentRepository>();
        _peer = (await databases.EmptyAsync($"{Name}-peer")).OpenAppMeta();
        PlainQueries.Execute(
            _peer,
            "PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 134217728; PRAGMA cache_size = -65536"
        );
    }

    public override async Task<double?> RunAsync()
    {
        await _documents.AddAsync(Added);
        return null;
    }

    public override Task RunPeerAsync()
    {
        using var transaction = _peer.BeginTransaction();
        using var documents = PlainStatement.Insert(
            _peer,
            "documents",
            "id",
            "kb_id",
            "title",
            "source_path",
            "content_hash",
            "chunk_count",
            "size_bytes",
            "created_at",
            "updated_at"
        );
        using var chunks = PlainStatement.Insert(
            _peer,
            "document_chunks",
            "id",
            "document_id",
            "kb_id",
            "chunk_index",
            "content",
            "content_hash",
            "token_count",
            "created_at"
        );
        foreach (var document in Added)
        {
            Write(document, documents, chunks);
        }
        transaction.Commit();
        return Task.CompletedTask;
    }

    private static void Write(NewDocument document, PlainStatement documents, PlainStatement chunks)
    {
        var now = UtcTextConverter.Write(DateTimeOffset.UtcNow);
        var id = Guid.CreateVersion7().ToString();
        documents.Execute(
            id,
            document.KnowledgeBaseId,
            document.Title,
            document.SourcePath,
            document.ContentHash,
            document.Chunks.Count,
            document.SizeBytes,
            now,
            now
        );
        var index = 0;
        foreach (var chunk in document.Chunks)
        {
            chunks.Execute(
                Guid.CreateVersion7().ToString(),
                id,
                document.KnowledgeBaseId,
                index++,
                chunk.Content,
                chunk.ContentHash,
                chunk.TokenCount,
                now
            );
        }
    }
}
