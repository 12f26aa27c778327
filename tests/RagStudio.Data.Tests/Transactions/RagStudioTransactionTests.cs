using static RagStudio.Data.Tests.EventStreams;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

internal sealed class RagStudioTransactionTests
{
    private ServerDatabase? _server;

    [OneTimeTearDown]
    public Task DropServerDatabase() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    [Test]
    public async Task Commit_writes_rows_and_events_of_all_repositories_and_a_dispose_none(
        [Values] Layout layout,
        [Values] bool commit
    )
    {
        using var data = await CreateAsync(layout);
        await using (var transaction = await data.Transactions.BeginAsync(TransactionKind.AppMetaThenEvents))
        {
            var row = await transaction.KnowledgeBases.CreateAsync(KnowledgeBase());
            await transaction.Documents.AddAsync([Document(row.Id, chunks: 3)]);
            await transaction.Settings.SetAsync("last", row.Id);
            await transaction.Events.AppendAsync(Kb, Events(2));
            await transaction.Checkpoints.AdvanceAsync("search", 1);

            Assert.That(await transaction.KnowledgeBases.FindAsync(row.Id), Is.Not.Null, "reads what it has written");
            Assert.That(data.CountInAppMeta("knowledge_bases"), Is.Zero, "others do not");
            Assert.That(transaction.IsAtomic, Is.EqualTo(layout != Layout.TwoFiles));
            if (commit)
            {
                await transaction.CommitAsync();
            }
        }

        var expected = commit ? (1, 3, 2, 1) : (0, 0, 0, 0);
        Assert.That(
            (
                data.CountInAppMeta("knowledge_bases"),
                data.CountInAppMeta("document_chunks"),
                data.CountInEvents("events"),
                data.CountInEvents("event_checkpoints")
            ),
            Is.EqualTo(((long, long, long, long))expected)
        );
    }

    [Test]
    public async Task A_call_that_fails_has_written_nothing_and_the_transaction_goes_on(
        [Values(Layout.OneFile, Layout.Server)] Layout layout
    )
    {
        using var data = await CreateAsync(layout);
        await using var transaction = await data.Transactions.BeginAsync();
        await transaction.Events.AppendAsync(Kb, Events(1));

        Assert.CatchAsync(() => transaction.Events.AppendAsync(Kb, [Event(), new NewEvent("broken", "no JSON")]));
        Assert.CatchAsync(() => transaction.Documents.AddAsync([Document("unknown", chunks: 1)]));
        var row = await transaction.KnowledgeBases.CreateAsync(KnowledgeBase());
        Assert.ThrowsAsync<NameTakenException>(() => transaction.KnowledgeBases.CreateAsync(KnowledgeBase()));
        await transaction.Events.AppendAsync(Kb, Events(1));
        await transaction.CommitAsync();

        Assert.That(await data.EventStore.ReadAsync(Kb).TypesAsync(), Is.EqualTo("numbered numbered"));
        Assert.That(data.CountInAppMeta("documents"), Is.Zero);
        Assert.That(data.CountInAppMeta("knowledge_bases"), Is.EqualTo(1), row.Id);
    }

    [Test]
    public async Task Atomic_is_refused_over_two_databases_and_locks_neither()
    {
        using var data = await CreateAsync(Layout.TwoFiles);

        Assert.ThrowsAsync<SeparateDatabasesException>(() => data.Transactions.BeginAsync());

        await data.EventStore.AppendAsync(Kb, Events(1));
        await using var rows = await data.Transactions.BeginAsync(TransactionKind.AppMeta);
        Assert.That(rows.IsAtomic, Is.True);
        Assert.Throws<InvalidOperationException>(() => _ = rows.Events);
        Assert.ThrowsAsync<InvalidOperationException>(() => rows.Documents.FlushAsync(), "before the commit");
    }

    [TestCase(TransactionKind.AppMetaThenEvents, "app_meta", 1, 0)]
    [TestCase(TransactionKind.EventsThenAppMeta, "events", 0, 1)]
    public async Task A_commit_that_reaches_one_of_two_databases_tells_which(
        TransactionKind kind,
        string committed,
        long rows,
        long events
    )
    {
        using var data = await CreateAsync(Layout.TwoFiles);
        // The flush of the rows commits too.
        var failing = new FailingCommit(first: kind == TransactionKind.AppMetaThenEvents ? 3 : 2);
        var contexts = data.OpenAgain(failing);
        var transactions = new RagStudioTransactions(contexts.AppMeta, contexts.Events, data.Time);
        await using (var transaction = await transactions.BeginAsync(kind))
        {
            await transaction.KnowledgeBases.CreateAsync(KnowledgeBase());
            await transaction.Events.AppendAsync(Kb, Events(1));

            var failure = Assert.ThrowsAsync<PartialCommitException>(() => transaction.CommitAsync());
            Assert.That(failure.Committed, Is.EqualTo(committed));
            Assert.That(failure.InnerException, Is.TypeOf<IOException>());
        }

        Assert.That(data.CountInAppMeta("knowledge_bases"), Is.EqualTo(rows));
        Assert.That(data.CountInEvents("events"), Is.EqualTo(events));
    }

    [Test]
    public async Task A_knowledge_base_is_created_edited_and_deleted_with_its_events([Values] Layout layout)
    {
        using var data = await CreateAsync(layout);
        var editor = new KnowledgeBaseEditor(data.Transactions);
        var origin = new EventOrigin(UserId: "ada");

        var created = await editor.CreateVersionAsync(KnowledgeBase(), origin);
        await new DocumentRepository(data.AppMeta, data.Time).AddAsync([Document(created.Id, chunks: 2)]);
        var pipeline = await new PipelineRepository(data.AppMeta, data.Time).CreateAsync(Pipeline());
        var runs = new PipelineRunRepository(data.AppMeta, data.Time);
        var run = await runs.StartAsync(pipeline.Id, created.Id);
        var edited = await editor.EditAsync(created.Id, row => (row.Description, row.ChunkSize) = ("All", 256), origin);
        Assert.ThrowsAsync<ArgumentException>(() => editor.EditAsync(created.Id, row => row.Name = "other"));
        var deleted = await editor.DeleteAsync(created.Id, origin);

        var stream = new StreamId(KnowledgeBaseEditor.AggregateType, created.Id);
        var events = await data.EventStore.ReadAsync(stream).ToListAsync();
        Assert.Multiple(async () =>
        {
            Assert.That((edited?.Description, edited?.ChunkSize), Is.EqualTo(("All", 256)));
            Assert.That(deleted, Is.True);
            Assert.That(await editor.DeleteAsync(created.Id), Is.False, "nothing is left to delete");
            Assert.That(
                events.Select(stored => (stored.EventType, stored.UserId)),
                Is.EqualTo(
                    new[]
                    {
                        ("knowledge_base.created", "ada"),
                        ("knowledge_base.edited", "ada"),
                        ("knowledge_base.deleted", "ada"),
                    }
                )
            );
            Assert.That(
                events[1].EventData,
                Is.EqualTo(
                    $$"""{"kb_id":"{{created.Id}}","changes":"""
                        + """{"chunk_size":{"from":512,"to":256},"description":{"from":null,"to":"All"}}}"""
                )
            );
            Assert.That(data.CountInAppMeta("document_chunks"), Is.Zero);
            Assert.That((await runs.FindAsync(run.Id))?.KnowledgeBaseId, Is.Null);
        });
    }

    /// <summary>Where rows and events are.</summary>
    internal enum Layout
    {
        TwoFiles,
        OneFile,
        Server,
    }

    private async Task<TestDatabases> CreateAsync(Layout layout) =>
        layout == Layout.Server
            ? await TestDatabases.OnServerAsync(_server ??= await ServerDatabase.CreateAsync())
            : TestDatabases.InFiles(singleDatabase: layout == Layout.OneFile);
}
