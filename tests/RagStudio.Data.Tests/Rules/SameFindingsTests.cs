using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests;

/// <summary>The same damage has the same findings with either provider, but for the schema before a table's name.</summary>
[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class SameFindingsTests(DataProvider provider) : DatabaseTests(provider)
{
    private string _knowledgeBase = null!;

    [SetUp]
    public async Task Fill()
    {
        var bases = new KnowledgeBaseRepository(Data.AppMeta, Data.Time);
        _knowledgeBase = (await bases.CreateAsync(SampleData.KnowledgeBase())).Id;
        var events = Enumerable
            .Range(0, 4)
            .Select(i => new NewEvent("renamed", $$"""{"kb_id":"{{_knowledgeBase}}","n":{{i}}}""")
            {
                EventId = $"e{i}",
            });
        await Data.EventStore.AppendAsync(EventStreams.Kb, [.. events]);
        await new SnapshotStore(Data.Events, Data.Time).SaveAsync(EventStreams.Kb, 2, "{}");
        Assert.That(await FindAsync(), Is.Empty);
    }

    [TestCase(
        "UPDATE {events} SET user_id = 'somebody' WHERE id = 2",
        "ChecksumMismatch events 2: event e1 (row 2 of 'events') is not what its checksum was computed over"
    )]
    [TestCase(
        "DELETE FROM {events} WHERE id = 2",
        "SequenceGap events 3: of aggregate_id 'kb-1', aggregate_type 'knowledge_base': row 3 of 'events' has sequence_number 3, and 2 is not there"
    )]
    [TestCase(
        "UPDATE {snapshots} SET sequence_number = 9",
        "OrphanedRecord aggregate_snapshots kb-1/knowledge_base: the snapshot of knowledge_base/kb-1 is of sequence_number 9, which no event of it has reached"
    )]
    public async Task Damage_is_found(string sql, string finding)
    {
        await DamageAsync(sql);

        Assert.That(string.Join(" | ", await FindAsync()), Is.EqualTo(finding));
    }

    [TestCase("""{"kb_id":"gone"}""", "gone")]
    [TestCase("""{"text":"\u0000","kb_id":"gone"}""", "gone")]
    [TestCase("""{"half":"\ud83d","kb_id":"gone"}""", "gone")]
    [TestCase("""{"\u006bb_id":"g\u006fne"}""", "gone")]
    [TestCase("""{"kb_id":"gone","kb_id":"other"}""", "gone")]
    [TestCase("""{"kb_id":{"kb_id":"gone"}}""", null)]
    [TestCase("""{"inner":{"kb_id":"gone"}}""", null)]
    [TestCase("""{"kb_id":12}""", null)]
    [TestCase("""["kb_id","gone"]""", null)]
    [TestCase("\"kb_id\"", null)]
    public async Task An_event_that_names_a_missing_knowledge_base_is_found(string data, string? missing)
    {
        await Data.EventStore.AppendAsync(EventStreams.OtherKb, [new NewEvent("renamed", data) { EventId = "other" }]);

        var expected =
            $"CrossDatabaseConstraintViolation events 5: event other (row 5 of 'events') names the knowledge base '{missing}', which does not exist";
        Assert.That(await FindAsync(), Is.EqualTo(missing is null ? [] : new[] { expected }));
    }

    [Test]
    public async Task A_long_id_is_found_too()
    {
        var id = new string('x', 5_000);
        await Data.EventStore.AppendAsync(EventStreams.OtherKb, [new NewEvent("renamed", $$"""{"kb_id":"{{id}}"}""")]);

        Assert.That(await FindAsync(), Has.One.Contains(id));
    }

    [Test]
    public async Task The_deletion_of_a_knowledge_base_excuses_its_own_events()
    {
        await DamageAsync("DELETE FROM {bases}");
        Assert.That(await FindAsync(), Has.Count.EqualTo(4));

        await Data.EventStore.AppendAsync(
            EventStreams.Kb,
            [new NewEvent("knowledge_base.deleted", $$"""{"kb_id":"{{_knowledgeBase}}"}""")]
        );
        Assert.That(await FindAsync(), Is.Empty);
    }

    private async Task DamageAsync(string sql)
    {
        using var appMeta = Data.AppMeta.CreateDbContext();
        using var events = Data.Events.CreateDbContext();
        DbContext context = sql.Contains("{bases}") ? appMeta : events;
        sql = sql.Replace("{bases}", appMeta.Table("knowledge_bases"))
            .Replace("{events}", events.Table("events"))
            .Replace("{snapshots}", events.Table("aggregate_snapshots"));
        await context.Database.ExecuteSqlRawAsync(sql);
    }

    private async Task<IReadOnlyList<string>> FindAsync()
    {
        var services = new ServiceCollection().AddRagStudioData(options =>
        {
            options.Provider = Provider;
            options.ConnectionString = Data.Options.ConnectionString;
            options.DataDirectory = Data.Options.DataDirectory;
        });
        using var provider = services.BuildServiceProvider();
        var summary = await provider.GetRequiredService<DataValidator>().ValidateAsync();
        return
        [
            .. summary
                .Reports.SelectMany(report => report.Errors)
                .Select(error => $"{error.Kind} {error.Table} {error.Id}: {error.Detail}")
                .Select(text => text.Replace("events.", "").Replace("app_meta.", "")),
        ];
    }
}
