namespace RagStudio.Data.Tests.Rules;

public sealed class LargeLogTests
{
    private RuledDatabases _databases = null!;

    [OneTimeSetUp]
    public async Task Fill()
    {
        _databases = new RuledDatabases(singleDatabase: false);
        await _databases.MigrateAsync();
        SampleRows.Fill(_databases.AppMeta);
    }

    [OneTimeTearDown]
    public void Delete() => _databases.Dispose();

    [Test]
    public async Task A_clean_log_of_200_000_events_has_no_false_alarm_and_takes_no_memory_per_event()
    {
        await AppendAsync(streams: 10, eventsEach: 100);
        _ = await AllocatedByValidationAsync();
        var few = await AllocatedByValidationAsync();
        await AppendAsync(streams: 100, eventsEach: 1990);

        var many = await AllocatedByValidationAsync();

        Assert.That(_databases.Events.Scalar<long>("SELECT count(*) FROM events"), Is.EqualTo(200_000));
        Assert.That((many - few) / 199_000.0, Is.LessThan(8), "bytes per event");
    }

    private async Task<long> AllocatedByValidationAsync()
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var summary = await _databases.Validator.ValidateAsync();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        Assert.That(summary.Reports.SelectMany(report => report.Errors), Is.Empty);
        return allocated;
    }

    private async Task AppendAsync(int streams, int eventsEach)
    {
        var store = _databases.Service<EventStore>();
        for (var stream = 0; stream < streams; stream++)
        {
            await store.AppendAsync(
                new StreamId("knowledge_base", Guid.NewGuid().ToString()),
                [
                    .. Enumerable
                        .Range(0, eventsEach)
                        .Select(i => new NewEvent("document.imported", $$"""{"kb_id":"id 1","n":{{i}},"text":"ä\n"}""")
                        {
                            Metadata = i % 3 == 0 ? null : "{}",
                            Origin = new EventOrigin("anna", i % 2 == 0 ? null : "t"),
                        }),
                ]
            );
        }
    }
}
