using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class KnowledgeBaseRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private KnowledgeBaseRepository KnowledgeBases => new(Data.AppMeta, Data.Time);

    [Test]
    public async Task Create_keeps_all_that_was_given()
    {
        var added = KnowledgeBase() with
        {
            Id = "kb-1",
            ChunkSize = 256,
            ChunkOverlap = 0,
            Status = KnowledgeBaseStatus.Building,
            Description = "All manuals",
            Metadata = """{"team":"docs"}""",
        };

        var created = await KnowledgeBases.CreateAsync(added);

        var row = await KnowledgeBases.FindAsync("kb-1");
        Assert.That((created.Id, created.Version), Is.EqualTo(("kb-1", 1)));
        Assert.That(row, Is.Not.Null);
        Assert.That((row.Name, row.Version, row.EmbedderModel), Is.EqualTo(("manuals", 1, "mini")));
        Assert.That((row.ChunkSize, row.ChunkOverlap), Is.EqualTo((256, 0)));
        Assert.That(row.Status, Is.EqualTo(KnowledgeBaseStatus.Building));
        Assert.That((row.Description, Compact(row.Metadata)), Is.EqualTo(("All manuals", """{"team":"docs"}""")));
        Assert.That((row.HealthScore, row.PinnedVersion), Is.EqualTo((1.0, (int?)null)));
        Assert.That((row.CreatedAt, row.UpdatedAt), Is.EqualTo((Data.Time.GetUtcNow(), Data.Time.GetUtcNow())));
    }

    [Test]
    public async Task Create_gives_ids_that_are_uuids_of_version_7()
    {
        var created = await KnowledgeBases.CreateAsync(KnowledgeBase());

        Assert.That(Guid.Parse(created.Id).Version, Is.EqualTo(7));
    }

    [Test]
    public async Task Create_refuses_a_name_that_is_taken_and_writes_nothing()
    {
        await KnowledgeBases.CreateAsync(KnowledgeBase());

        var error = Assert.ThrowsAsync<NameTakenException>(() => KnowledgeBases.CreateAsync(KnowledgeBase()));

        Assert.That((error.Table, error.Name), Is.EqualTo(("knowledge_bases", "manuals")));
        Assert.That(Data.CountInAppMeta("knowledge_bases"), Is.EqualTo(1));
    }

    [TestCase(0, 0)]
    [TestCase(100, -1)]
    [TestCase(100, 100)]
    public void Create_refuses_chunks_that_make_no_sense(int size, int overlap)
    {
        var added = KnowledgeBase() with { ChunkSize = size, ChunkOverlap = overlap };

        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => KnowledgeBases.CreateAsync(added));
        Assert.That(Data.CountInAppMeta("knowledge_bases"), Is.Zero);
    }

    [Test]
    public async Task CreateVersion_counts_up_within_a_name()
    {
        await KnowledgeBases.CreateAsync(KnowledgeBase());

        Assert.That((await KnowledgeBases.CreateVersionAsync(KnowledgeBase())).Version, Is.EqualTo(2));
        Assert.That((await KnowledgeBases.CreateVersionAsync(KnowledgeBase())).Version, Is.EqualTo(3));
        Assert.That((await KnowledgeBases.CreateVersionAsync(KnowledgeBase("other"))).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task CreateVersion_gives_every_writer_its_own_number_when_many_write_at_once()
    {
        var made = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => KnowledgeBases.CreateVersionAsync(KnowledgeBase())))
        );

        Assert.That(made.Select(version => version.Version), Is.EquivalentTo(Enumerable.Range(1, 20)));
    }

    [Test]
    public async Task CreateVersion_writes_nothing_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        Assert.That(
            () => KnowledgeBases.CreateVersionAsync(KnowledgeBase(), cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );
        Assert.That(Data.CountInAppMeta("knowledge_bases"), Is.Zero);
    }

    [Test]
    public async Task FindByName_follows_the_newest_version()
    {
        await CreateVersionsAsync(3);

        Assert.That((await KnowledgeBases.FindByNameAsync("manuals"))?.Version, Is.EqualTo(3));
        Assert.That(await KnowledgeBases.FindByNameAsync("unknown"), Is.Null);
    }

    [Test]
    public async Task Pin_holds_readers_at_a_version_also_when_newer_ones_are_made()
    {
        await CreateVersionsAsync(3);

        Assert.That(await KnowledgeBases.PinAsync("manuals", 2), Is.True);
        await KnowledgeBases.CreateVersionAsync(KnowledgeBase());

        Assert.That((await KnowledgeBases.FindByNameAsync("manuals"))?.Version, Is.EqualTo(2));
        var versions = await KnowledgeBases.ListVersionsAsync("manuals");
        Assert.That(versions.Select(version => version.PinnedVersion), Is.EqualTo(new[] { 2, 2, 2, 2 }));
    }

    [Test]
    public async Task Pin_changes_only_its_own_name()
    {
        await CreateVersionsAsync(2);
        await KnowledgeBases.CreateAsync(KnowledgeBase("other"));

        await KnowledgeBases.PinAsync("manuals", 1);

        Assert.That((await KnowledgeBases.FindByNameAsync("other"))?.PinnedVersion, Is.Null);
    }

    [Test]
    public async Task Pin_refuses_a_version_that_is_not_there()
    {
        await CreateVersionsAsync(2);

        Assert.That(await KnowledgeBases.PinAsync("manuals", 3), Is.False);
        Assert.That((await KnowledgeBases.FindByNameAsync("manuals"))?.PinnedVersion, Is.Null);
    }

    [Test]
    public async Task Unpin_lets_readers_follow_the_newest_version_again()
    {
        await CreateVersionsAsync(3);
        await KnowledgeBases.PinAsync("manuals", 1);

        Assert.That(await KnowledgeBases.UnpinAsync("manuals"), Is.True);

        Assert.That((await KnowledgeBases.FindByNameAsync("manuals"))?.Version, Is.EqualTo(3));
    }

    [Test]
    public async Task List_gives_the_versions_in_a_status_by_name_and_number()
    {
        await KnowledgeBases.CreateAsync(KnowledgeBase("b"));
        await KnowledgeBases.CreateVersionAsync(KnowledgeBase("b"));
        await KnowledgeBases.CreateAsync(KnowledgeBase("a"));
        var broken = await KnowledgeBases.CreateAsync(KnowledgeBase("c"));
        await KnowledgeBases.SetStatusAsync(broken.Id, KnowledgeBaseStatus.Error);

        var active = await KnowledgeBases.ListAsync(KnowledgeBaseStatus.Active);
        var failed = await KnowledgeBases.ListAsync(KnowledgeBaseStatus.Error);

        Assert.That(
            active.Select(version => (version.Name, version.Version)),
            Is.EqualTo(new[] { ("a", 1), ("b", 1), ("b", 2) })
        );
        Assert.That(failed.Select(version => version.Name), Is.EqualTo(new[] { "c" }));
    }

    [Test]
    public async Task SetHealthScore_changes_the_score_and_the_time()
    {
        var created = await KnowledgeBases.CreateAsync(KnowledgeBase());
        Data.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(await KnowledgeBases.SetHealthScoreAsync(created.Id, 0.25), Is.True);

        var row = await KnowledgeBases.FindAsync(created.Id);
        Assert.That(row?.HealthScore, Is.EqualTo(0.25));
        Assert.That(row?.UpdatedAt - row?.CreatedAt, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(await KnowledgeBases.SetHealthScoreAsync("unknown", 0.25), Is.False);
    }

    [TestCase(-0.01)]
    [TestCase(1.01)]
    [TestCase(double.NaN)]
    public void SetHealthScore_refuses_what_is_no_score(double score) =>
        Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => KnowledgeBases.SetHealthScoreAsync("kb", score));

    private async Task CreateVersionsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await KnowledgeBases.CreateVersionAsync(KnowledgeBase());
        }
    }
}
