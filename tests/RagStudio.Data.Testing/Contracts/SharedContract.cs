using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a storage that others read while a session holds it.</summary>
public abstract class SharedContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public Task MigrateToTheFirstRelease() => MigrateAsync(ContractRelease.First);

    [Test]
    public async Task ReadAsync_reads_while_a_session_holds_the_storage()
    {
        await using var session = await OpenAsync();

        Assert.That((await ReadAsync()).Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
    }

    [Test]
    public async Task ReadAsync_reads_a_runs_changes_once_they_are_committed()
    {
        var database = Database(ContractRelease.Current);
        await using var session = await OpenAsync();
        await session.BeginAsync([], Patience, default);
        await MigrateAsync(database, session);

        var before = await ReadAsync();
        await session.CommitAsync();
        var after = await ReadAsync();

        Assert.That(before.Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(before.History, Has.Count.EqualTo(1));
        Assert.That(after.Applied, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task TryWriteCacheAsync_never_waits_for_a_session_and_spoils_nothing_of_it()
    {
        var database = Database(ContractRelease.Current);
        var stamp = new DatabaseCache { ProgramStamp = "beside" };
        await using (var session = await OpenAsync())
        {
            await session.BeginAsync([], Patience, default);
            await MigrateAsync(database, session);
            await session.WriteCacheAsync(database, new DatabaseCache { ProgramStamp = "of the run" });

            Assert.That(await database.Storage.TryWriteCacheAsync(database, stamp), Is.False);
            await session.CommitAsync();
        }

        Assert.That((await ReadAsync()).Cache.ProgramStamp, Is.EqualTo("of the run"));
    }
}
