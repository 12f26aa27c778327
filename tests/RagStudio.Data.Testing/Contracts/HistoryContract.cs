using NUnit.Framework;
using RagStudio.Data.Migrator;

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

    private async Task AppendAsync(MigrationRecord line)
    {
        await using var session = await OpenAsync();
        await session.AppendAsync(line);
    }
}
