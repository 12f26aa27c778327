using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RagStudio.Data.Migrator.Run;

namespace RagStudio.Data.Migrator.Tests.Recover;

internal sealed class JournalLineTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Serializer = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private static readonly JournalEntry[] Entries =
    [
        .. Enum.GetValues<JournalEvent>().Select(what => new JournalEntry(what, "c0ffee", At)),
        Begun("20260102T030405678Z_c0ffee", new JournalDatabase("shop", "/data/Lädchen+1/\"shop\".db", ["1_A", "2_B"])),
        Begun(
            backupId: null,
            new JournalDatabase("shop", "/shop.db", []),
            new JournalDatabase("archive", "/a.db", ["1"])
        ),
        Begun(backupId: null),
    ];

    [TestCaseSource(nameof(Entries))]
    public void Write_writes_what_earlier_versions_wrote_by_a_serializer(object entry) =>
        Assert.That(
            Encoding.UTF8.GetString(JournalLine.Write((JournalEntry)entry)),
            Is.EqualTo(JsonSerializer.Serialize((JournalEntry)entry, Serializer) + "\n")
        );

    [TestCaseSource(nameof(Entries))]
    public void Read_reads_what_Write_writes(object entry)
    {
        var line = Encoding.UTF8.GetString(JournalLine.Write((JournalEntry)entry));

        Assert.That(JournalLine.Write(JournalLine.Read(line)), Is.EqualTo(JournalLine.Write((JournalEntry)entry)));
    }

    [Test]
    public void Read_passes_over_what_it_does_not_know() =>
        Assert.That(
            JournalLine.Read(
                """{"event":"applied","runId":"c0ffee","at":"2026-01-02T03:04:05.678+00:00","database":"shop","version":"1_A"}"""
            ),
            Is.EqualTo(new JournalEntry(JournalEvent.Applied, "c0ffee", At))
        );

    private static JournalEntry Begun(string? backupId, params JournalDatabase[] databases) =>
        new(
            JournalEvent.Begun,
            "c0ffee",
            At,
            new JournalBegun(RunActivity.BackUp, backupId, "/b", "1.2.3+a", databases)
        );
}
