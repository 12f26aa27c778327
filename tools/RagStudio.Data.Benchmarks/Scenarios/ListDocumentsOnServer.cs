using Npgsql;
using NpgsqlTypes;

namespace RagStudio.Data.Benchmarks;

/// <summary>Lists pages of documents on PostgreSQL, compared with a prepared query into the same objects.</summary>
internal sealed class ListDocumentsOnServer : Scenario
{
    private const int Documents = 10_000;
    private const int Page = 50;

    private DocumentRepository _documents = null!;
    private NpgsqlCommand _peer = null!;
    private string _knowledgeBase = "";

    public override string Name => "list-documents-server";

    public override string Description =>
        $"{Documents:N0} documents in pages of {Page}, PostgreSQL; peer: a prepared query for each page";

    public override double Target => 1.3;

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override async Task PrepareAsync(BenchmarkDatabases databases)
    {
        var data = await ServerData.CreateAsync(await databases.ServerAsync());
        _documents = data.Get<DocumentRepository>();
        _knowledgeBase = (
            await data.Get<KnowledgeBaseRepository>()
                .CreateAsync(new NewKnowledgeBase { Name = "manuals", EmbedderModel = "e5" })
        ).Id;
        var added = Enumerable
            .Range(0, Documents)
            .Select(i => new NewDocument
            {
                KnowledgeBaseId = _knowledgeBase,
                Title = $"Document {i}",
                SourcePath = $"/docs/{i}.md",
                ContentHash = $"{i:x64}",
                SizeBytes = i,
            });
        await _documents.AddAsync([.. added]);
        var connection = await data.OpenAsync();
        await using (var analyze = new NpgsqlCommand("ANALYZE app_meta.documents", connection))
        {
            await analyze.ExecuteNonQueryAsync();
        }
        _peer = await connection.PrepareAsync(
            "SELECT id, title, source_path, content_hash, chunk_count, size_bytes, updated_at FROM app_meta.documents "
                + "WHERE kb_id = $1 AND id > $2 ORDER BY id LIMIT $3",
            NpgsqlDbType.Text,
            NpgsqlDbType.Text,
            NpgsqlDbType.Integer
        );
    }

    public override Task<double?> RunAsync() =>
        ListAllAsync(after => _documents.ListAsync(_knowledgeBase, after, Page));

    public override Task<double?> MeasurePeerAsync() => ListAllAsync(ListPeerAsync);

    private async Task<IReadOnlyList<DocumentSummary>> ListPeerAsync(string? after)
    {
        await using var reader = await _peer.Bind(_knowledgeBase, after ?? "", Page).ExecuteReaderAsync();
        var page = new List<DocumentSummary>();
        while (await reader.ReadAsync())
        {
            page.Add(
                new(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    reader.GetInt32(4),
                    reader.GetInt64(5),
                    reader.GetFieldValue<DateTimeOffset>(6)
                )
            );
        }
        return page;
    }

    private static async Task<double?> ListAllAsync(Func<string?, Task<IReadOnlyList<DocumentSummary>>> listAsync)
    {
        var count = 0;
        string? after = null;
        while (await listAsync(after) is { Count: > 0 } page)
        {
            count += page.Count;
            after = page[^1].Id;
        }
        Rules.Demand(count == Documents, $"{count} documents are listed, not {Documents}");
        return null;
    }
}
