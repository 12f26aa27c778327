using System.Diagnostics;
using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of <see cref="IDatabaseStorage"/>: what is read, and who may lock.</summary>
public abstract class StorageContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private static readonly DatabaseCache Stamp = new() { ProgramStamp = "one" };

    private IDatabaseStorage Storage => Database(ContractRelease.Current).Storage;

    [Test]
    public void Storages_of_one_place_are_equal_and_of_two_places_are_not()
    {
        var (one, same) = (Storage, Database(ContractRelease.Other).Storage);
        var other = Harness.Database(ContractRelease.Current, "elsewhere").Storage;

        Assert.Multiple(() =>
        {
            Assert.That(one, Is.Not.SameAs(same));
            Assert.That(one.Equals(same), Is.True);
            Assert.That(one.GetHashCode(), Is.EqualTo(same.GetHashCode()));
            Assert.That(new[] { one, same, other }.Distinct().Count(), Is.EqualTo(2));
            Assert.That(one.Key, Is.EqualTo(same.Key).And.Not.EqualTo(other.Key));
            Assert.That(one.IsKey(same.Key), Is.True);
            Assert.That(one.IsKey(other.Key), Is.False);
        });
    }

    [Test]
    public async Task ReadAsync_of_a_storage_that_does_not_exist_is_empty_and_creates_nothing()
    {
        var state = await ReadAsync();

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(state.Applied, Is.Empty);
            Assert.That(state.LastApplied, Is.Null);
            Assert.That(state.History, Is.Empty);
            Assert.That(await Storage.ExistsAsync(default), Is.False);
            Assert.That(await Storage.ReadSizeAsync(default), Is.Zero);
        });
    }

    [Test]
    public async Task TryWriteCacheAsync_creates_no_storage()
    {
        var database = Database(ContractRelease.First);

        Assert.That(await database.Storage.TryWriteCacheAsync(database, Stamp), Is.False);
        Assert.That(await Storage.ExistsAsync(default), Is.False);
    }

    [Test]
    public async Task TryWriteCacheAsync_writes_what_a_later_read_finds()
    {
        await MigrateAsync(ContractRelease.First);
        var database = Database(ContractRelease.First);

        Assert.That(await database.Storage.TryWriteCacheAsync(database, Stamp), Is.True);
        Assert.That((await ReadAsync()).Cache, Is.EqualTo(Stamp));
    }

    [Test]
    public async Task Bytes_tells_what_the_storage_takes_also_while_it_is_held()
    {
        await MigrateAsync(ContractRelease.First);
        var before = await Storage.ReadSizeAsync(default);
        Harness.AddNotes([.. Enumerable.Range(0, 100).Select(_ => new string('x', 1000))]);

        await using var session = await OpenAsync();

        Assert.That(before, Is.Positive);
        Assert.That(await Storage.ReadSizeAsync(default), Is.GreaterThan(before + 90_000));
    }

    [Test]
    public async Task ReadAsync_keeps_nobody_out_after_it()
    {
        await MigrateAsync(ContractRelease.First);

        await ReadAsync();

        await using var session = await OpenAsync();
        Assert.That(session.Existed, Is.True);
    }

    [Test]
    public async Task OpenAsync_tells_whether_the_storage_held_anything()
    {
        await using (var session = await OpenAsync())
        {
            Assert.That(session.Existed, Is.False, "it is new");
            Assert.That(await Storage.ExistsAsync(default), Is.True, "from now on");
        }
        await using (var session = await OpenAsync())
        {
            Assert.That(session.Existed, Is.False, "the first session wrote nothing");
        }
        await MigrateAsync(ContractRelease.First);

        await using var last = await OpenAsync();
        Assert.That(last.Existed, Is.True);
    }

    [Test]
    public async Task OpenAsync_keeps_others_out_until_the_session_is_disposed()
    {
        await MigrateAsync(ContractRelease.First);
        await using (await OpenAsync())
        {
            var watch = Stopwatch.StartNew();

            var failure = Assert.ThrowsAsync<DatabaseLockedException>(() =>
                Storage.OpenAsync(new RunIdentity("run", RunActivity.BackUp), ShortTime, CancellationToken.None)
            );

            Assert.Multiple(() =>
            {
                Assert.That(watch.Elapsed, Is.GreaterThanOrEqualTo(ShortTime * 0.9));
                Assert.That(failure!.Database, Is.EqualTo(Storage.DisplayName));
                Assert.That(failure.Phase, Is.EqualTo(MigrationPhase.Lock));
                Assert.That(failure.DataState, Is.EqualTo(DataState.Unchanged));
            });
        }
        await using var next = await OpenAsync();
        Assert.That(next.Existed, Is.True);
    }

    [Test]
    public async Task OpenAsync_goes_on_when_the_holder_lets_go()
    {
        var first = await OpenAsync();
        var second = Storage.OpenAsync(new RunIdentity("run", RunActivity.Migrate), Patience, CancellationToken.None);
        Assert.That(second.IsCompleted, Is.False);

        await first.DisposeAsync();

        await using var session = await second;
        Assert.That(session, Is.Not.Null);
    }

    [Test]
    public async Task OpenAsync_stops_waiting_when_its_token_is_cancelled()
    {
        await using var first = await OpenAsync();
        using var source = new CancellationTokenSource(ShortTime);

        Assert.CatchAsync<OperationCanceledException>(() =>
            Storage.OpenAsync(new RunIdentity("run", RunActivity.Migrate), Patience, source.Token)
        );

        Assert.That(await first.CountRowsAsync(WorkLimits.None), Is.Empty, "the holder is not disturbed");
    }

    [Test]
    public async Task A_session_holds_no_other_storage()
    {
        await using var first = await OpenAsync();

        await using var second = await OpenAsync(Harness.Database(ContractRelease.Current, "elsewhere").Storage);

        Assert.That(second.Existed, Is.False);
    }

    [Test]
    public async Task OpenAsync_says_that_a_place_cannot_be_used()
    {
        var storage = Harness.Database(ContractRelease.Current, "missing/missing/notes").Storage;

        var failure = Assert.ThrowsAsync<DatabaseAccessException>(() => OpenAsync(storage));

        Assert.That(failure!.Problem, Is.EqualTo(DatabaseProblem.CannotOpen).Or.EqualTo(DatabaseProblem.Server));
        Assert.That(failure.Database, Is.EqualTo(storage.DisplayName));
        Assert.That(await storage.ExistsAsync(default), Is.False);
    }
}
