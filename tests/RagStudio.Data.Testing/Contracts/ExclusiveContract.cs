using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a storage that nobody reads while a session holds it.</summary>
public abstract class ExclusiveContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private static readonly DatabaseCache Stamp = new() { ProgramStamp = "one" };

    private IDatabaseStorage Storage => Database(ContractRelease.Current).Storage;

    [Test]
    public async Task ReadAsync_says_locked_while_a_session_holds_the_storage()
    {
        await MigrateAsync(ContractRelease.First);
        await using var session = await OpenAsync();

        var failure = Assert.ThrowsAsync<DatabaseLockedException>(() => ReadAsync());

        Assert.That(failure!.Database, Is.EqualTo(Storage.DisplayName));
    }

    [Test]
    public async Task TryWriteCacheAsync_writes_nothing_to_a_storage_that_is_held()
    {
        await MigrateAsync(ContractRelease.First);
        var database = Database(ContractRelease.First);
        await using (await OpenAsync())
        {
            Assert.That(await database.Storage.TryWriteCacheAsync(database, Stamp), Is.False);
        }
        Assert.That((await ReadAsync()).Cache, Is.EqualTo(DatabaseCache.Empty));
    }
}
