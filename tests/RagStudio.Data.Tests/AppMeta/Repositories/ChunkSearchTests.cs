using Microsoft.EntityFrameworkCore;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class ChunkSearchTests(DataProvider provider) : DatabaseTests(provider)
{
    private string _manuals = null!;
    private string _notes = null!;

    private ChunkSearch Search => new(Data.AppMeta);

    private DocumentRepository Documents => new(Data.AppMeta, Data.Time);

    [SetUp]
    public async Task CreateKnowledgeBases()
    {
        var bases = new KnowledgeBaseRepository(Data.AppMeta, Data.Time);
        _manuals = (await bases.CreateAsync(KnowledgeBase())).Id;
        _notes = (await bases.CreateAsync(KnowledgeBase("notes"))).Id;
    }

    [Test]
    public async Task Find_ranks_the_chunks_that_have_every_word_and_pages_through_them()
    {
        var id = await AddAsync(
            _manuals,
            "The pump needs oil, and the filter of the pump needs water. The pump is red.",
            "A long text that names a pump once, and then goes on about the weather, the garden and the sea.",
            "Nothing of interest.",
            "Élan: PUMP it up!"
        );
        await AddAsync(_notes, "The pump of another knowledge base.");

        var all = await FindAsync("pump");
        var pages = new[]
        {
            await Search.FindAsync(_manuals, "pump", 0, 2),
            await Search.FindAsync(_manuals, "pump", 2, 2),
        };
        Assert.Multiple(async () =>
        {
            Assert.That(all, Is.EquivalentTo(new[] { 0, 1, 3 }));
            Assert.That(all[^1], Is.EqualTo(1), "the word is rarest in the longest text");
            Assert.That(pages.SelectMany(page => page).Select(match => match.ChunkIndex), Is.EqualTo(all));
            Assert.That(pages[1], Has.Count.EqualTo(1), "the last page");
            Assert.That(pages[0].Select(match => match.Score), Is.Ordered.Descending.And.All.Positive);
            Assert.That((pages[0][0].DocumentId, pages[0][0].DocumentTitle), Is.EqualTo((id, "Document h")));
            Assert.That(
                await FindAsync(Provider == DataProvider.Sqlite ? "elan pump" : "élan pump"),
                Is.EqualTo(new[] { 3 })
            );
            Assert.That(await FindAsync("pump interest"), Is.Empty);
        });
    }

    [TestCase("\"")]
    [TestCase("pump OR nothing")]
    [TestCase("pump*")]
    [TestCase("NEAR(pump water)")]
    [TestCase("content:pump")]
    [TestCase("-pump")]
    [TestCase("pump\" OR \"nothing")]
    [TestCase("^pump AND NOT (")]
    [TestCase("!!! ??? ---")]
    [TestCase("\0pump\0 %_' -- ;")]
    public async Task No_input_is_syntax_or_an_error(string text)
    {
        await AddAsync(_manuals, "pump water", "nothing or content");

        Assert.That(await FindAsync(text), Has.None.EqualTo(1));
        Assert.That(await FindAsync(""), Is.Empty);
    }

    [Test]
    public async Task A_text_of_thousands_of_words_is_no_error() =>
        Assert.That(await FindAsync(string.Join(' ', Enumerable.Range(0, 5_000))), Is.Empty);

    [Test]
    public async Task The_index_follows_every_insert_update_and_delete_and_survives_a_vacuum()
    {
        var first = await AddAsync(_manuals, "alpha", "beta");
        var second = await AddAsync(_notes, "alpha");
        await Documents.AddChunksAsync(first, [Chunk("gamma")]);
        using (var context = Data.AppMeta.CreateDbContext())
        {
            await context
                .DocumentChunks.Where(row => row.Content == "beta")
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, "delta"));
            Assert.That(await FindAsync("delta"), Is.EqualTo(new[] { 1 }));
            Assert.That(await FindAsync("beta"), Is.Empty);
            await Documents.DeleteAsync(await AddManyAsync());
            await context.Database.ExecuteSqlRawAsync("VACUUM");
        }

        Assert.That(await FindAsync("gamma"), Is.EqualTo(new[] { 2 }));
        await Documents.ReplaceContentAsync(first, new("h2", 1, [Chunk("epsilon")]));
        Assert.That(await FindAsync("gamma"), Is.Empty);
        Assert.That(await FindAsync("epsilon"), Is.EqualTo(new[] { 0 }));
        // By the cascade of the knowledge base.
        await new KnowledgeBaseRepository(Data.AppMeta, Data.Time).DeleteAsync(_notes);
        Assert.That(await Documents.FindAsync(second), Is.Null);
        if (Provider == DataProvider.PostgreSql)
        {
            return; // the index is one of the table itself
        }
        Assert.That(Data.CountInAppMeta("chunk_search_rows"), Is.EqualTo(2), "'last' and 'epsilon'");
        Assert.That(Data.CountInAppMeta("chunk_search_docsize"), Is.EqualTo(2));
    }

    /// <summary>Deleting them leaves a gap among the hidden row ids, which a VACUUM closes.</summary>
    private async Task<string> AddManyAsync()
    {
        var many = await AddAsync(_manuals, [.. Enumerable.Range(0, 50).Select(i => $"many {i}")]);
        await AddAsync(_manuals, "last");
        return many;
    }

    private async Task<string> AddAsync(string knowledgeBaseId, params string[] texts) =>
        (await Documents.AddAsync([Document(knowledgeBaseId) with { Chunks = [.. texts.Select(Chunk)] }]))[0].Id;

    private async Task<int[]> FindAsync(string text) =>
        [.. (await Search.FindAsync(_manuals, text, 0, 100)).Select(match => match.ChunkIndex)];

    private static NewChunk Chunk(string text) => new() { Content = text, ContentHash = "hash" };
}
