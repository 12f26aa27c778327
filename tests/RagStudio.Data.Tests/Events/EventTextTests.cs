namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class EventTextTests(DataProvider provider) : DatabaseTests(provider)
{
    private static readonly string[] Texts =
    [
        "{ \"b\" : 1 ,\t\"a\":\r\n2, \"b\": 3 }",
        """{"zero":"\u0000","half":"\ud83d","pair":"\ud83d\ude00","slash":"\/"}""",
        """{"number":1.50e+02,"big":123456789012345678901234567890,"negative zero":-0}""",
        "{\"text\":\"äß漢字😀\u2028\u00a0\"}",
        " [ null , [ ] , { } ] ",
        "\"only text\"",
    ];

    [Test]
    public async Task Events_come_back_byte_for_byte_and_their_checksums_do_not_depend_on_the_provider()
    {
        var stream = new StreamId("text", "ä \" ' \\ %");
        var events = Texts.Select(
            (text, i) =>
                new NewEvent("written", text)
                {
                    EventId = $"event-{i}",
                    Metadata = Texts[^(i + 1)],
                    Origin = new("user\t1", " trace "),
                }
        );
        await Data.EventStore.AppendAsync(stream, [.. events]);

        var stored = await Data.EventStore.ReadAllAsync().ToListAsync();

        Assert.That(stored.Select(one => one.EventData), Is.EqualTo(Texts));
        Assert.That(stored.Select(one => one.Metadata), Is.EqualTo(Texts.Reverse()));
        Assert.That(stored.Select(one => one.Checksum), Is.EqualTo(stored.Select(EventChecksum.Compute)));
        Assert.That(stored[1].Checksum, Is.EqualTo("443adff1c53d0ed3703abf7c5904a8f86ee45796fedec9170d1290aab6400174"));
    }

    [Test]
    public async Task A_snapshot_keeps_its_text()
    {
        var stream = new StreamId("text", "1");
        await Data.EventStore.AppendAsync(stream, [new NewEvent("written", "{}")]);
        var snapshots = new SnapshotStore(Data.Events, Data.Time);

        Assert.That(await snapshots.SaveAsync(stream, 1, Texts[0]), Is.True);

        Assert.That((await snapshots.LoadAsync(stream)).Snapshot?.SnapshotData, Is.EqualTo(Texts[0]));
    }
}
