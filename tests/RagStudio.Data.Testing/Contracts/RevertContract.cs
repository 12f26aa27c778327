using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// The guarantees of <see cref="IStorageSession.MigrateAsync"/> with a target: reverting, and applying up to
/// a version.
/// </summary>
public abstract class RevertContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public Task MigrateToTheCurrentRelease() => MigrateAsync(ContractRelease.Current);

    [Test]
    public async Task MigrateAsync_back_to_a_version_reverts_what_is_newer_the_newest_first()
    {
        Harness.AddNotes("mine");
        var observer = new RecordingObserver(isReverting: true);

        await MigrateAsync(ContractRelease.Current, observer, MigrationTarget.BackTo(ContractVersion.CreateNotes));

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine" }));
        Assert.That((await ReadAsync()).Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(
            observer.Calls,
            Is.EqualTo(
                new[] { ContractVersion.AddFarewell, ContractVersion.AddGreeting }.SelectMany(version =>
                    new[] { "starting " + version, "describe " + version, "applied " + version }
                )
            )
        );
    }

    [Test]
    public async Task MigrateAsync_back_to_a_version_adds_to_the_history_and_removes_nothing_of_it()
    {
        var observer = new RecordingObserver(isReverting: true);

        await MigrateAsync(ContractRelease.Current, observer, MigrationTarget.BackTo(ContractVersion.AddGreeting));

        var history = (await ReadAsync()).History;
        Assert.That(history, Has.Count.EqualTo(4));
        Assert.That(history[0] with { Id = 0 }, Is.EqualTo(observer.Records.Single()));
        Assert.That(history[0].Event, Is.EqualTo(MigrationEvent.Reverted));
        Assert.That(history.Skip(1).Select(record => record.Event), Is.All.EqualTo(MigrationEvent.Applied));
    }

    [Test]
    public async Task MigrateAsync_to_zero_reverts_everything_but_the_history()
    {
        await MigrateAsync(ContractRelease.Current, new RecordingObserver(isReverting: true), MigrationTarget.Zero);

        var state = await ReadAsync();
        Assert.That(state.Applied, Is.Empty);
        Assert.That(Harness.Notes(), Is.Empty);
        Assert.That(state.History, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task What_was_reverted_can_be_applied_again()
    {
        await MigrateAsync(ContractRelease.Current, new RecordingObserver(isReverting: true), MigrationTarget.Zero);

        await MigrateAsync(ContractRelease.Current);

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "greeting", "farewell" }));
        Assert.That((await ReadAsync()).History, Has.Count.EqualTo(9));
    }

    [Test]
    public async Task MigrateAsync_up_to_a_version_applies_no_more_and_reverts_nothing()
    {
        await MigrateAsync(ContractRelease.Current, new RecordingObserver(isReverting: true), MigrationTarget.Zero);
        await MigrateAsync(ContractRelease.Current, new RecordingObserver(), upTo: ContractVersion.CreateNotes);
        Harness.AddNotes("mine");
        var observer = new RecordingObserver();

        await MigrateAsync(ContractRelease.Current, observer, upTo: ContractVersion.AddGreeting);

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine", "greeting" }));
        Assert.That(
            (await ReadAsync()).Applied,
            Is.EqualTo(new[] { ContractVersion.CreateNotes, ContractVersion.AddGreeting })
        );
        Assert.That(observer.Records.Single().Event, Is.EqualTo(MigrationEvent.Applied));
    }

    [Test]
    public void MigrateAsync_back_keeps_what_it_has_reverted_before_it_was_cancelled()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver(isReverting: true)
        {
            OnStarting = version =>
            {
                if (version == ContractVersion.AddGreeting)
                {
                    source.Cancel();
                }
            },
        };

        Assert.CatchAsync<OperationCanceledException>(() =>
            MigrateAsync(ContractRelease.Current, observer, MigrationTarget.Zero, cancellationToken: source.Token)
        );

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "greeting" }));
    }
}
