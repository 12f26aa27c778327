using System.Globalization;
using System.Security.Cryptography;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// Chunks of a thousand characters, as in a typical text: a file of a given size has far fewer rows than with
/// <see cref="ChunkTable"/>.
/// </summary>
internal static class LongChunks
{
    private const int BytesPerChunk = 1500;
    private const int ChunksEach = 100;

    public static Task WriteAsync(BenchmarkData data, int megabytes)
    {
        KnowledgeBases.Write(data);
        var count = (int)(megabytes * 1_000_000L / BytesPerChunk);
        WriteDocuments(data, (count / ChunksEach) + 1);
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
                Id("0198c0de-7777-7000-8000-", i),
                Id("0198c0de-6666-7000-8000-", document),
                KnowledgeBases.Id(document),
                i % ChunksEach,
                RandomNumberGenerator.GetHexString(1000, lowercase: true),
                RandomNumberGenerator.GetHexString(64, lowercase: true),
                Timestamp.Text
            );
        }
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
            rows.Add(
                Id("0198c0de-6666-7000-8000-", i),
                KnowledgeBases.Id(i),
                $"document {i}",
                "/p",
                RandomNumberGenerator.GetHexString(64, lowercase: true),
                Timestamp.Text,
                Timestamp.Text
            );
        }
    }

    private static string Id(string prefix, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:000000000000}");
}
