using System.Globalization;
using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a storage's history: every field survives, nothing is ever changed.</summary>
public abstract class HistoryContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private static readonly RecordingObserver Lines = new();

    [SetUp]
    public Task MigrateToTheFirstRelease() => MigrateAsync(ContractRelease.First);

    [Test]
    public async Task AppendAsync_keeps_every_field_of_a_line()
    {
        var line = Lines.Record(MigrationEvent.Failed, ContractVersion.AddGreeting, "AddGreeting") with
        {
            Kind = MigrationKind.Index,
            Checksum = "c0ffee",
            RollbackSql = "DROP TABLE \"o'clock\";\n-- ünïcode",
            Detail = "It failed.",
        };

        await AppendAsync(line);

        Assert.That((await ReadAsync(historyLimit: 1)).History.Single() with { Id = 0 }, Is.EqualTo(line));
    }

    [Test]
    public async Task AppendAsync_keeps_that_a_field_has_nothing_to_say()
    {
        var line = Lines.Record(MigrationEvent.Restored, version: null, name: null) with { Kind = null };

        await AppendAsync(line);

        Assert.That((await ReadAsync(historyLimit: 1)).History.Single() with { Id = 0 }, Is.EqualTo(line));
    }

    [Test]
    public async Task ReadAsync_tells_the_newest_lines_first_up_to_its_limit()
    {
        await AppendAsync(Lines.Record(MigrationEvent.Failed, null, "second"));
        await AppendAsync(Lines.Record(MigrationEvent.Failed, null, "third"));

        var (none, two, all) = (await ReadAsync(0), await ReadAsync(2), await ReadAsync(int.MaxValue));

        Assert.Multiple(() =>
        {
            Assert.That(none.History, Is.Empty);
            Assert.That(two.History.Select(line => line.Name), Is.EqualTo(new[] { "third", "second" }));
            Assert.That(all.History.Select(line => line.Id), Is.EqualTo(new[] { 3, 2, 1 }));
        });
    }

    [Test]
    public async Task Only_applied_migrations_count_as_the_last_applied()
    {
        var line = Lines.Record(MigrationEvent.Failed, ContractVersion.AddGreeting, "AddGreeting");
        var before = (await ReadAsync()).LastApplied;

        await AppendAsync(line with { AppliedAt = line.AppliedAt.AddDays(1) });

        Assert.That(before, Is.Not.Null);
        Assert.That((await ReadAsync()).LastApplied, Is.EqualTo(before));
    }

    [Test]
    public async Task AppendAsync_keeps_a_line_of_which_nothing_is_wrong_afterwards()
    {
        foreach (var duration in new[] { 1L, 3, 9_999_999, 123_456_789_012_345, long.MaxValue / 100_000 })
        {
            await AppendAsync(
                Lines.Record(MigrationEvent.Failed, null, null) with
                {
                    AppliedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(5)).AddTicks(duration % 10),
                    Duration = TimeSpan.FromTicks(duration),
                    Detail = $"half a character \uD800, and a NUL \0 within {duration}",
                    RollbackSql = "",
                }
            );
        }

        Assert.That(await FindAsync(), Is.Empty);
        Assert.That((await ReadAsync()).History, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_culture_changes_no_hash()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            await AppendAsync(Lines.Record(MigrationEvent.Failed, null, null));
            CultureInfo.CurrentCulture = OddCulture.Create();
            await AppendAsync(Lines.Record(MigrationEvent.Failed, null, null));

            Assert.That(await FindAsync(), Is.Empty);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.That(await FindAsync(), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_line_that_somebody_changed_is_found_and_named_once(long id)
    {
        await AppendThreeLinesAsync();

        Harness.ChangeHistory(id, "All was well.");

        await AssertFoundOnceAsync(id);
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public async Task A_line_that_somebody_removed_is_found_and_named_once(long id)
    {
        await AppendThreeLinesAsync();

        Harness.RemoveHistory(id);

        await AssertFoundOnceAsync(id);
    }

    [Test]
    public async Task ReadAsync_tells_the_last_checksum_of_each_migration_that_was_applied_or_accepted()
    {
        var applied = (await ReadAsync(0)).Checksums[ContractVersion.CreateNotes];
        foreach (var (what, version, checksum) in Checksums)
        {
            await AppendAsync(Lines.Record(what, version, null) with { Checksum = checksum });
        }

        var checksums = (await ReadAsync(0)).Checksums;

        Assert.Multiple(() =>
        {
            Assert.That(applied, Does.Match("^[0-9a-f]{64}$"));
            Assert.That(checksums[ContractVersion.CreateNotes], Is.EqualTo("b"), "the last one counts");
            Assert.That(checksums[ContractVersion.AddGreeting], Is.EqualTo("d"), "of acceptances, too");
            Assert.That(checksums, Has.Count.EqualTo(2), "of a migration that was never applied there is none");
        });
    }

    private static (MigrationEvent, string?, string?)[] Checksums =>
        [
            (MigrationEvent.Applied, ContractVersion.CreateNotes, "a"),
            (MigrationEvent.Applied, ContractVersion.AddGreeting, "c"),
            (MigrationEvent.Accepted, ContractVersion.AddGreeting, "d"),
            (MigrationEvent.Applied, ContractVersion.CreateNotes, "b"),
            (MigrationEvent.Reverted, ContractVersion.CreateNotes, "x"),
            (MigrationEvent.Applied, ContractVersion.CreateNotes, null),
            (MigrationEvent.Failed, ContractVersion.AddFarewell, "x"),
            (MigrationEvent.Accepted, null, "x"),
        ];

    private async Task AppendThreeLinesAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            await AppendAsync(Lines.Record(MigrationEvent.Failed, null, null) with { Detail = $"It failed {i}." });
        }
    }

    /// <summary>Both now, and after further lines were added.</summary>
    private async Task AssertFoundOnceAsync(long id)
    {
        for (var i = 0; i < 3; i++)
        {
            var finding = (await FindAsync()).Single();
            Assert.That((finding.Kind, finding.Count), Is.EqualTo((ValidationErrorKind.HistoryTampered, 1L)));
            Assert.That(finding.First.Single().Id, Is.EqualTo($"{id}"));
            await AppendAsync(Lines.Record(MigrationEvent.Failed, null, null));
        }
    }

    private async Task<IReadOnlyList<ValidationFinding>> FindAsync()
    {
        await using var session = await OpenAsync();
        return (await session.CheckAsync(CheckDepth.Full, WorkLimits.None)).Findings;
    }

    private async Task AppendAsync(MigrationRecord line)
    {
        await using var session = await OpenAsync();
        await session.AppendAsync(Database(ContractRelease.Current), line);
    }
}
