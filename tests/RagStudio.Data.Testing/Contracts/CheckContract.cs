using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a session's checks and counts.</summary>
public abstract class CheckContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public Task MigrateToTheCurrentRelease() => MigrateAsync(ContractRelease.Current);

    [Test]
    public async Task CheckAsync_finds_nothing_in_a_sound_storage()
    {
        await using var session = await OpenAsync();

        var check = await session.CheckAsync(CheckDepth.Full, WorkLimits.None);

        Assert.Multiple(() =>
        {
            Assert.That(check.Findings, Is.Empty);
            Assert.That(check.IsDamaged, Is.False);
            Assert.That(check.ChecksPerformed, Is.Positive);
        });
    }

    [Test]
    public async Task CheckAsync_counts_broken_references_which_are_no_damage_of_the_structure()
    {
        Harness.BreakReference();
        Harness.BreakReference();
        await using var session = await OpenAsync();

        var check = await session.CheckAsync(CheckDepth.Full, WorkLimits.None);

        Assert.Multiple(() =>
        {
            Assert.That(
                check.Findings.Select(finding => (finding.Kind, finding.Table, finding.Count)),
                Is.EqualTo(new[] { (ValidationErrorKind.OrphanedRecord, "notes", 2L) })
            );
            Assert.That(
                check.Findings[0].First.Select(error => (error.Kind, error.Table)),
                Is.EqualTo(Enumerable.Repeat((ValidationErrorKind.OrphanedRecord, "notes"), 2))
            );
            Assert.That(check.IsDamaged, Is.False);
        });
    }

    [Test]
    public async Task CountRowsAsync_counts_the_rows_of_each_table()
    {
        await MigrateAsync(ContractRelease.Other, new RecordingObserver("others"));
        Harness.AddNotes("mine");
        await using var session = await OpenAsync();

        var rows = await session.CountRowsAsync(WorkLimits.None);

        Assert.That(rows["notes"], Is.EqualTo(3));
        Assert.That(rows["others"], Is.Zero);
    }

    [Test]
    public async Task Checks_and_counts_end_when_their_token_is_cancelled()
    {
        var limits = new WorkLimits(null, Cancelled);
        await using var session = await OpenAsync();

        Assert.CatchAsync<OperationCanceledException>(() => session.CheckAsync(CheckDepth.Full, limits));
        Assert.CatchAsync<OperationCanceledException>(() => session.CountRowsAsync(limits));

        Assert.That(
            (await session.CheckAsync(CheckDepth.Full, WorkLimits.None)).Findings,
            Is.Empty,
            "the session can go on"
        );
    }

    [Test]
    public async Task A_check_that_takes_too_long_ends_in_a_timeout()
    {
        Harness.AddNotes([.. Enumerable.Range(0, 5000).Select(i => $"note {i}")]);
        await using var session = await OpenAsync();

        Assert.ThrowsAsync<TimeoutException>(() =>
            session.CheckAsync(CheckDepth.Full, new WorkLimits(TimeSpan.Zero, default))
        );

        Assert.That(
            (await session.CheckAsync(CheckDepth.Full, WorkLimits.None)).Findings,
            Is.Empty,
            "the session can go on"
        );
    }
}
