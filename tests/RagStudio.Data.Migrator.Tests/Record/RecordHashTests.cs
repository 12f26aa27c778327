using System.Globalization;
using RagStudio.Data.Migrator.Steps;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Record;

public sealed class RecordHashTests
{
    private static readonly MigrationRecord Line = new(
        7,
        MigrationEvent.Applied,
        "events",
        "20250101000000_Create",
        "Create",
        MigrationKind.Schema,
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        TimeSpan.FromTicks(12_345_678),
        "c0ffee",
        "DROP TABLE x;",
        "1.2.3",
        "10.0.15",
        "run",
        "A detail: ünïcode."
    );

    /// <summary>A change of these values would make every existing history look tampered with.</summary>
    [TestCase(null, "28e5dd061d7eaccfcee922bd6b0803d3e3384490e117db304125e75fe06334bb")]
    [TestCase("c0ffee", "9b0ae9a6c286008cb3f5d494fe4baf01281c367627d7f55bafb3596e954fee64")]
    public void Of_gives_the_same_value_in_every_version_and_culture(string? previous, string hash)
    {
        Assert.That(RecordHash.Compute(previous, Line), Is.EqualTo(hash));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = OddCulture.Create();

            Assert.That(RecordHash.Compute(previous, Line), Is.EqualTo(hash));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void Of_tells_any_change_of_any_field_apart()
    {
        MigrationRecord[] lines =
        [
            Line,
            Line with
            {
                Event = MigrationEvent.Reverted,
            },
            Line with
            {
                Database = "event",
            },
            Line with
            {
                Version = null,
            },
            Line with
            {
                Version = "",
            },
            Line with
            {
                Name = null,
            },
            Line with
            {
                Kind = null,
            },
            Line with
            {
                AppliedAt = Line.AppliedAt.AddTicks(1),
            },
            Line with
            {
                Duration = Line.Duration + TimeSpan.FromTicks(1),
            },
            Line with
            {
                Checksum = null,
            },
            Line with
            {
                RollbackSql = null,
            },
            Line with
            {
                Checksum = "c0ffeeD",
                RollbackSql = "ROP TABLE x;",
            },
            Line with
            {
                ProgramVersion = "1.2.4",
            },
            Line with
            {
                EFVersion = "10.0.16",
            },
            Line with
            {
                RunId = "ru",
            },
            Line with
            {
                Detail = null,
            },
        ];

        Assert.That(
            lines.Select(line => RecordHash.Compute(null, line)).Append(RecordHash.Compute("", Line)),
            Is.Unique
        );
    }

    [Test]
    public void Of_takes_the_same_moment_in_another_time_zone_and_another_id_for_the_same_line() =>
        Assert.That(
            RecordHash.Compute(null, Line with { Id = 8, AppliedAt = Line.AppliedAt.ToUniversalTime() }),
            Is.EqualTo(RecordHash.Compute(null, Line))
        );
}
