using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// The guarantees of <see cref="IStorageSession.MigrateAsync"/> when applying: one migration, one
/// transaction.
/// </summary>
public abstract class MigrateContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private static readonly string[] FirstTwo = [ContractVersion.CreateNotes, ContractVersion.AddGreeting];

    [Test]
    public async Task MigrateAsync_applies_what_is_pending_in_order_and_tells_of_each()
    {
        await MigrateAsync(ContractRelease.First);
        var observer = new RecordingObserver();

        await MigrateAsync(ContractRelease.Current, observer);

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "greeting", "farewell" }));
        Assert.That(
            observer.Calls,
            Is.EqualTo(
                new[] { ContractVersion.AddGreeting, ContractVersion.AddFarewell }.SelectMany(version =>
                    new[] { "starting " + version, "describe " + version, "applied " + version }
                )
            )
        );
        Assert.That((await ReadAsync()).Applied, Is.EqualTo(FirstTwo.Append(ContractVersion.AddFarewell)));
    }

    [Test]
    public async Task MigrateAsync_writes_the_records_that_it_is_given_into_the_history()
    {
        var observer = new RecordingObserver();

        await MigrateAsync(ContractRelease.Current, observer);

        var state = await ReadAsync();
        Assert.That(observer.Records, Has.Count.EqualTo(3));
        Assert.That(WithoutIds(state.History), Is.EqualTo(observer.Records.Reverse()));
        Assert.That(state.LastApplied, Is.EqualTo(observer.Records[^1].AppliedAt));
        Assert.That(state.History.Select(record => record.Checksum), Is.Unique.And.All.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public async Task MigrateAsync_with_nothing_pending_changes_nothing()
    {
        await MigrateAsync(ContractRelease.Current);
        var (before, observer) = (await ReadAsync(), new RecordingObserver());

        await MigrateAsync(ContractRelease.Current, observer);

        var after = await ReadAsync();
        Assert.That(observer.Calls, Is.Empty);
        Assert.That(after.History, Is.EqualTo(before.History));
        Assert.That(after.Applied, Is.EqualTo(before.Applied));
    }

    [Test]
    public async Task MigrateAsync_without_a_target_reverts_nothing_that_is_newer_than_what_it_applies()
    {
        await MigrateAsync(ContractRelease.Gap);
        Harness.AddNotes("mine");
        var observer = new RecordingObserver();

        await MigrateAsync(ContractRelease.Current, observer);

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "farewell", "mine", "greeting" }));
        Assert.That(
            observer.Records.Select(record => record.Version),
            Is.EqualTo(new[] { ContractVersion.AddGreeting })
        );
        Assert.That((await ReadAsync()).Applied, Is.EqualTo(FirstTwo.Append(ContractVersion.AddFarewell)));
    }

    [Test]
    public async Task MigrateAsync_leaves_nothing_of_a_failed_migration_and_keeps_those_before_it()
    {
        var observer = new RecordingObserver();

        var failure = Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(ContractRelease.Failing, observer));

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Version, Is.EqualTo(ContractVersion.FailHalfWay));
            Assert.That(failure.ExceededLimit, Is.Null);
            Assert.That(failure.InnerException, Is.Not.Null);
            Assert.That(observer.Calls[^1], Is.EqualTo("starting " + ContractVersion.FailHalfWay));
        });
        await AssertOnlyTheFirstTwoAreThereAsync();
    }

    [Test]
    public async Task A_session_can_go_on_after_a_failed_migration()
    {
        var failing = Database(ContractRelease.Failing);
        await using (var session = await OpenAsync())
        {
            Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(failing, session));

            var current = Database(ContractRelease.Current);
            await MigrateAsync(current, session);
        }

        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "greeting", "farewell" }));
    }

    [Test]
    public async Task MigrateAsync_leaves_nothing_of_a_migration_whose_record_cannot_be_made()
    {
        await MigrateAsync(ContractRelease.First);
        var observer = new RecordingObserver { OnDescribe = _ => throw new IOException("no record") };

        var failure = Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(ContractRelease.Current, observer));

        Assert.That(failure!.InnerException, Is.InstanceOf<IOException>());
        Assert.That(Harness.Notes(), Is.Empty);
        Assert.That((await ReadAsync()).Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
    }

    [Test]
    public async Task MigrateAsync_stops_a_migration_whose_time_is_over()
    {
        await MigrateAsync(ContractRelease.Current);
        var observer = new RecordingObserver { Limit = ShortTime };

        var failure = Assert.ThrowsAsync<MigrationStepException>(() => MigrateAsync(ContractRelease.Endless, observer));

        Assert.Multiple(() =>
        {
            Assert.That(failure!.Version, Is.EqualTo(ContractVersion.RunForEver));
            Assert.That(failure.ExceededLimit, Is.EqualTo(ShortTime));
            Assert.That(failure.Duration, Is.GreaterThanOrEqualTo(ShortTime * 0.9));
        });
        Assert.That(Harness.Notes(), Has.None.EqualTo("half"));
    }

    [Test]
    public async Task MigrateAsync_stops_within_a_migration_when_its_token_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver
        {
            Limit = LastResort,
            OnStarting = version => source.CancelAfter(version == ContractVersion.RunForEver ? ShortTime : Patience),
        };

        Assert.CatchAsync<OperationCanceledException>(() =>
            MigrateAsync(ContractRelease.Endless, observer, cancellationToken: source.Token)
        );

        Assert.That(observer.Calls[^1], Is.EqualTo("starting " + ContractVersion.RunForEver));
        await AssertOnlyTheFirstTwoAreThereAsync();
    }

    [Test]
    public async Task Two_databases_of_one_storage_keep_their_ids_and_their_histories_apart()
    {
        var (notes, others) = (Database(ContractRelease.Current), Database(ContractRelease.Other));
        await MigrateAsync(ContractRelease.Current);
        await MigrateAsync(ContractRelease.Other, new RecordingObserver("others"));

        var (first, second) = (
            await notes.Storage.ReadAsync(notes, 100, CancellationToken.None),
            await others.Storage.ReadAsync(others, 100, CancellationToken.None)
        );

        Assert.Multiple(() =>
        {
            Assert.That(first.Applied, Has.Count.EqualTo(3).And.None.EqualTo(ContractVersion.CreateOthers));
            Assert.That(first.History, Has.Count.EqualTo(3));
            Assert.That(second.Applied, Is.EqualTo(new[] { ContractVersion.CreateOthers }));
            Assert.That(second.History.Single().Database, Is.EqualTo("others"));
        });
    }

    private async Task AssertOnlyTheFirstTwoAreThereAsync()
    {
        var state = await ReadAsync();
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "greeting" }));
        Assert.That(state.Applied, Is.EqualTo(FirstTwo));
        Assert.That(state.History.Select(record => record.Version), Is.EqualTo(FirstTwo.Reverse()));
    }
}
