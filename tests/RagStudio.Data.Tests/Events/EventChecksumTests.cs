using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Tests;

internal sealed class EventChecksumTests
{
    private static readonly StoredEvent Sample = Event();

    [Test]
    public void Compute_hashes_the_documented_rendering()
    {
        const string Rendering =
            "2:e1,7:renamed,3:a-1,14:knowledge_base,2:12,13:{\"name\":\"ä\"},-,0:,4:anna,28:2026-03-01T12:30:00.0000001Z,";

        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rendering)));

        Assert.That(EventChecksum.Compute(Sample), Is.EqualTo(expected));
    }

    [Test]
    public void Compute_never_changes() =>
        Assert.That(
            EventChecksum.Compute(Sample),
            Is.EqualTo("7c81ba9225705f8315821bd0efdc405cf6e46e6633e7e4a4b1cb86e5c6797ac3")
        );

    [Test]
    public void Compute_ignores_position_and_stored_checksum() =>
        Assert.That(
            EventChecksum.Compute(Event(id: 99, checksum: "something else")),
            Is.EqualTo(EventChecksum.Compute(Sample))
        );

    [Test]
    public void Compute_ignores_the_offset_in_which_the_same_instant_is_given() =>
        Assert.That(
            EventChecksum.Compute(Event(timestamp: Sample.Timestamp.ToOffset(TimeSpan.FromHours(2)))),
            Is.EqualTo(EventChecksum.Compute(Sample))
        );

    [TestCaseSource(nameof(OtherEvents))]
    public void Compute_differs_when_any_field_does(StoredEvent other) =>
        Assert.That(EventChecksum.Compute(other), Is.Not.EqualTo(EventChecksum.Compute(Sample)));

    private static IEnumerable<TestCaseData> OtherEvents() =>
        [
            Case("event id", Event(eventId: "e2")),
            Case("type", Event(eventType: "deleted")),
            Case("aggregate id", Event(aggregateId: "a-2")),
            Case("aggregate type", Event(aggregateType: "document")),
            Case("sequence number", Event(sequenceNumber: 13)),
            Case("data", Event(eventData: """{"name":"b"}""")),
            Case("metadata", Event(metadata: "{}")),
            Case("trace id", Event(traceId: "t")),
            Case("an empty trace id is not a missing one", Event(traceId: null)),
            Case("user id", Event(userId: "bob")),
            Case("timestamp", Event(timestamp: Sample.Timestamp.AddTicks(1))),
            Case("text moved to the next field", Event(eventType: "renameda", aggregateId: "-1")),
        ];

    private static TestCaseData Case(string name, StoredEvent other) =>
        new TestCaseData(other).SetArgDisplayNames(name);

    private static StoredEvent Event(
        long id = 0,
        string eventId = "e1",
        string eventType = "renamed",
        string aggregateId = "a-1",
        string aggregateType = "knowledge_base",
        long sequenceNumber = 12,
        string eventData = """{"name":"ä"}""",
        string? metadata = null,
        string? traceId = "",
        string? userId = "anna",
        DateTimeOffset? timestamp = null,
        string checksum = ""
    ) =>
        new()
        {
            Id = id,
            EventId = eventId,
            EventType = eventType,
            AggregateId = aggregateId,
            AggregateType = aggregateType,
            SequenceNumber = sequenceNumber,
            EventData = eventData,
            Metadata = metadata,
            TraceId = traceId,
            UserId = userId,
            Timestamp = timestamp ?? new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero).AddTicks(1),
            Checksum = checksum,
        };
}
