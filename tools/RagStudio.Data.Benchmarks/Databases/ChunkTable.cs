using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Documents and their chunks.</summary>
internal static class ChunkTable
{
    private const int ChunksEach = 10;
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static Task WriteAsync(BenchmarkData data, int count)
    {
        KnowledgeBases.Write(data);
        WriteDocuments(data, count / ChunksEach);
        WriteChunks(data, count);
        return Task.CompletedTask;
    }

    private static void WriteDocuments(BenchmarkData data, int count)
    {
        using var connection = data.OpenAppMeta();
        using var rows = new BulkInsert(
            connection,
            "documents",
            "id",
            "kb_id",
            "title",
            "source_path",
            "content_hash",
            "created_at",
            "updated_at"
        );
        for (var i = 0; i < count; i++)
        {
            rows.Add(DocumentId(i), KnowledgeBases.Id(i), $"document {i}", "/p", Hash, Timestamp.Text, Timestamp.Text);
        }
    }

    private static void WriteChunks(BenchmarkData data, int count)
    {
        using var connection = data.OpenAppMeta();
        using var rows = new BulkInsert(
            connection,
            "document_chunks",
            "id",
            "document_id",
            "kb_id",
            "chunk_index",
            "content",
            "content_hash",
            "created_at"
        );
        for (var i = 0; i < count; i++)
        {
            var document = i / ChunksEach;
            rows.Add(
                Id("0198c0de-5555-7000-8000-", i),
                DocumentId(document),
                KnowledgeBases.Id(document),
                i % ChunksEach,
                $"The content of chunk {i}, which is a sentence or two long in this table.",
                Hash,
                Timestamp.Text
            );
        }
    }

    private static string DocumentId(int number) => Id("0198c0de-4444-7000-8000-", number);

    private static string Id(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:000000000000}");
}
