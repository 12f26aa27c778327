using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class DocumentRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private string _knowledgeBase = null!;

    private DocumentRepository Documents => new(Data.AppMeta, Data.Time);

    [SetUp]
    public async Task CreateKnowledgeBase() => _knowledgeBase = await CreateKnowledgeBaseAsync("manuals");

    [Test]
    public async Task Add_writes_thousands_of_chunks_in_their_order()
    {
        var ids = await AddAsync([Document(_knowledgeBase, chunks: 5_000)]);

        var chunks = await ReadChunksAsync(ids[0], limit: 700);
        Assert.That(chunks.Select(chunk => chunk.ChunkIndex), Is.EqualTo(Enumerable.Range(0, 5_000)));
        Assert.That(chunks[4_321].Content, Is.EqualTo("content of chunk 4321"));
        Assert.That(chunks[4_321].TokenCount, Is.EqualTo(4_321));
        Assert.That(chunks.Select(chunk => chunk.Id), Is.Unique);
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.EqualTo(5_000));
    }

    [Test]
    public async Task Add_keeps_all_that_was_given()
    {
        var added = Document(_knowledgeBase, "abc", chunks: 2) with
        {
            Id = "d-1",
            LicenseInfo = "CC0",
            Metadata = """{"lang":"en"}""",
        };

        Assert.That(await AddAsync([added]), Is.EqualTo(new[] { "d-1" }));

        var row = await Documents.FindAsync("d-1");
        Assert.That(row, Is.Not.Null);
        Assert.That((row.KnowledgeBaseId, row.Title), Is.EqualTo((_knowledgeBase, "Document abc")));
        Assert.That((row.SourcePath, row.ContentHash), Is.EqualTo(("/source/abc.md", "abc")));
        Assert.That((row.LicenseInfo, Compact(row.Metadata)), Is.EqualTo(("CC0", """{"lang":"en"}""")));
        Assert.That((row.ChunkCount, row.SizeBytes), Is.EqualTo((2, 1_000L)));
        Assert.That((row.CreatedAt, row.UpdatedAt), Is.EqualTo((Data.Time.GetUtcNow(), Data.Time.GetUtcNow())));
    }

    [Test]
    public async Task Add_writes_chunks_that_the_model_reads_back()
    {
        var chunk = Chunks(1)[0] with { Id = "c-1" };
        var ids = await AddAsync([Document(_knowledgeBase) with { Chunks = [chunk] }]);

        using var context = Data.AppMeta.CreateDbContext();
        var row = context.DocumentChunks.Single();
        Assert.That((row.Id, row.DocumentId, row.KnowledgeBaseId), Is.EqualTo(("c-1", ids[0], _knowledgeBase)));
        Assert.That((row.ChunkIndex, row.Content), Is.EqualTo((0, "content of chunk 0")));
        Assert.That((row.ContentHash, row.TokenCount), Is.EqualTo(("chunk-0", (int?)0)));
        Assert.That(Compact(row.Metadata), Is.EqualTo("""{"page":1}"""));
        Assert.That(row.CreatedAt, Is.EqualTo(Data.Time.GetUtcNow()));
    }

    [Test]
    public void Add_writes_nothing_when_a_chunk_in_the_middle_is_there_already()
    {
        var chunks = Chunks(5_000);
        chunks[1_000] = chunks[1_000] with { Id = "twice" };
        chunks[2_500] = chunks[2_500] with { Id = "twice" };
        NewDocument[] documents = [Document(_knowledgeBase), Document(_knowledgeBase) with { Chunks = chunks }];

        var error = Assert.ThrowsAsync<RowRefusedException>(() => Documents.AddAsync(documents));

        Assert.That(error.Reason, Is.EqualTo(RowRefusal.ExistingKey));
        Assert.That(error.Message, Does.Contain("document_chunks"));
        Assert.That(Data.CountInAppMeta("documents"), Is.Zero);
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.Zero);
    }

    [Test]
    public void Add_to_a_knowledge_base_that_is_not_there_writes_nothing()
    {
        var error = Assert.ThrowsAsync<RowRefusedException>(() => Documents.AddAsync([Document("unknown", chunks: 1)]));
        Assert.That(error.Reason, Is.EqualTo(RowRefusal.ForeignKey));

        Assert.That(Data.CountInAppMeta("documents"), Is.Zero);
    }

    [Test]
    public void Add_writes_nothing_when_it_is_cancelled_in_the_middle()
    {
        using var cancellation = new CancellationTokenSource();
        var chunks = new CancellingCollection<NewChunk>(Chunks(100), after: 50, cancellation);

        Assert.That(
            () => Documents.AddAsync([Document(_knowledgeBase) with { Chunks = chunks }], cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Data.CountInAppMeta("documents"), Is.Zero);
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.Zero);
    }

    [Test]
    public async Task AddChunks_goes_on_after_the_last_chunk_and_counts()
    {
        var ids = await AddAsync([Document(_knowledgeBase, chunks: 3)]);

        Assert.That(await Documents.AddChunksAsync(ids[0], Chunks(2)), Is.True);

        var chunks = await ReadChunksAsync(ids[0], limit: 10);
        Assert.That(chunks.Select(chunk => chunk.ChunkIndex), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
        Assert.That((await Documents.FindAsync(ids[0]))?.ChunkCount, Is.EqualTo(5));
    }

    [Test]
    public async Task AddChunks_counts_nothing_when_a_chunk_is_refused()
    {
        var ids = await AddAsync([Document(_knowledgeBase, chunks: 3)]);
        NewChunk[] chunks = [.. Chunks(2), Chunks(1)[0] with { Metadata = "{" }];

        Assert.ThrowsAsync<RowRefusedException>(() => Documents.AddChunksAsync(ids[0], chunks));

        Assert.That((await Documents.FindAsync(ids[0]))?.ChunkCount, Is.EqualTo(3));
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.EqualTo(3));
    }

    [Test]
    public async Task AddChunks_to_a_document_that_is_not_there_returns_false() =>
        Assert.That(await Documents.AddChunksAsync("unknown", Chunks(1)), Is.False);

    [Test]
    public async Task AddChunks_by_two_at_once_keeps_both()
    {
        var ids = await AddAsync([Document(_knowledgeBase)]);

        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(() => Documents.AddChunksAsync(ids[0], Chunks(10))))
        );

        var chunks = await ReadChunksAsync(ids[0], limit: 100);
        Assert.That(chunks.Select(chunk => chunk.ChunkIndex), Is.EqualTo(Enumerable.Range(0, 60)));
        Assert.That((await Documents.FindAsync(ids[0]))?.ChunkCount, Is.EqualTo(60));
    }

    [Test]
    public async Task ReplaceContent_changes_hash_size_and_all_chunks()
    {
        var ids = await AddAsync([Document(_knowledgeBase, "old", chunks: 5)]);
        Data.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(await Documents.ReplaceContentAsync(ids[0], new("new", 77, Chunks(2))), Is.True);

        var row = await Documents.FindAsync(ids[0]);
        Assert.That((row?.ContentHash, row?.SizeBytes, row?.ChunkCount), Is.EqualTo(("new", 77L, 2)));
        Assert.That(row?.UpdatedAt - row?.CreatedAt, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.EqualTo(2));
    }

    [Test]
    public async Task ReplaceContent_keeps_the_old_content_when_a_chunk_is_refused()
    {
        var ids = await AddAsync([Document(_knowledgeBase, "old", chunks: 5)]);
        NewChunk[] chunks = [.. Chunks(2), Chunks(1)[0] with { Metadata = "{" }];

        Assert.ThrowsAsync<RowRefusedException>(() => Documents.ReplaceContentAsync(ids[0], new("new", 77, chunks)));

        Assert.That((await Documents.FindAsync(ids[0]))?.ContentHash, Is.EqualTo("old"));
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.EqualTo(5));
    }

    [Test]
    public async Task Delete_takes_the_chunks_along_and_leaves_others()
    {
        var ids = await AddAsync([Document(_knowledgeBase, "a", 3), Document(_knowledgeBase, "b", 4)]);

        Assert.That(await Documents.DeleteAsync(ids[0]), Is.True);

        Assert.That(await Documents.FindAsync(ids[0]), Is.Null);
        Assert.That(Data.CountInAppMeta("document_chunks"), Is.EqualTo(4));
        Assert.That(await Documents.DeleteAsync(ids[0]), Is.False);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(25)]
    [TestCase(100)]
    public async Task List_gives_every_document_once_whatever_the_size_of_its_pages(int limit)
    {
        var other = await CreateKnowledgeBaseAsync("other");
        NewDocument[] added = [.. Enumerable.Range(0, 25).Select(i => Document(i % 5 == 0 ? other : _knowledgeBase))];
        var ids = await AddAsync(added);

        var listed = await ReadDocumentsAsync(limit);

        var expected = ids.Where((_, i) => i % 5 != 0).Order(StringComparer.Ordinal);
        Assert.That(listed, Is.EqualTo(expected));
    }

    [Test]
    public async Task List_loses_no_document_when_others_are_deleted_between_two_pages()
    {
        await Documents.AddAsync([.. Enumerable.Range(0, 10).Select(_ => Document(_knowledgeBase))]);
        var first = await Documents.ListAsync(_knowledgeBase, afterId: null, limit: 5);

        await Documents.DeleteAsync(first[0].Id);
        await Documents.DeleteAsync(first[4].Id);

        Assert.That(await Documents.ListAsync(_knowledgeBase, first[4].Id, limit: 100), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task FindByContentHash_looks_into_one_knowledge_base()
    {
        var other = await CreateKnowledgeBaseAsync("other");
        var ids = await AddAsync([Document(other, "same"), Document(_knowledgeBase, "same")]);

        var found = await Documents.FindByContentHashAsync(_knowledgeBase, "same");

        Assert.That(found?.Id, Is.EqualTo(ids[1]));
        Assert.That(await Documents.FindByContentHashAsync(_knowledgeBase, "unknown"), Is.Null);
    }

    [Test]
    public async Task FindExistingHashes_tells_known_from_unknown()
    {
        var other = await CreateKnowledgeBaseAsync("other");
        var known = Enumerable.Range(0, 3_000).Select(i => $"h'{i}").ToArray();
        await Documents.AddAsync([
            .. known.Select(hash => Document(_knowledgeBase, hash)),
            Document(other, "elsewhere"),
        ]);

        var existing = await Documents.FindExistingHashesAsync(_knowledgeBase, [.. known, "new \" one", "elsewhere"]);

        Assert.That(existing, Is.EquivalentTo(known));
    }

    [Test]
    public async Task FindExistingHashes_of_none_is_none() =>
        Assert.That(await Documents.FindExistingHashesAsync(_knowledgeBase, []), Is.Empty);

    private async Task<string> CreateKnowledgeBaseAsync(string name) =>
        (await new KnowledgeBaseRepository(Data.AppMeta, Data.Time).CreateAsync(KnowledgeBase(name))).Id;

    private async Task<string[]> AddAsync(IReadOnlyCollection<NewDocument> added) =>
        [.. (await Documents.AddAsync(added)).Select(row => row.Id)];

    private async Task<List<ChunkContent>> ReadChunksAsync(string documentId, int limit)
    {
        var chunks = new List<ChunkContent>();
        IReadOnlyList<ChunkContent> page;
        do
        {
            page = await Documents.ListChunksAsync(documentId, chunks.Count - 1, limit);
            chunks.AddRange(page);
        } while (page.Count == limit);
        return chunks;
    }

    private async Task<List<string>> ReadDocumentsAsync(int limit)
    {
        var ids = new List<string>();
        IReadOnlyList<DocumentSummary> page;
        do
        {
            page = await Documents.ListAsync(_knowledgeBase, ids.LastOrDefault(), limit);
            ids.AddRange(page.Select(document => document.Id));
        } while (page.Count == limit);
        return ids;
    }
}
