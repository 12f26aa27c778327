using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of the copies on which migrations are rehearsed.</summary>
public abstract class ScratchContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private IDatabaseStorage Original => Database(ContractRelease.Current).Storage;

    [SetUp]
    public async Task MigrateToTheFirstRelease()
    {
        await MigrateAsync(ContractRelease.First);
        Harness.AddNotes("mine");
    }

    [Test]
    public async Task A_storage_for_a_copy_does_not_exist_and_is_another_one()
    {
        var copy = Harness.NewScratch(Original);

        Assert.That(await copy.ExistsAsync(default), Is.False);
        Assert.That(copy.Equals(Original), Is.False);
        Assert.That(copy.Key, Is.Not.EqualTo(Original.Key));
    }

    [Test]
    public async Task CloneAsync_makes_a_storage_that_holds_what_its_original_holds()
    {
        var copy = await CloneAsync();

        await using var session = await OpenAsync(copy);
        var state = await session.ReadAsync(Database(ContractRelease.First).InStorage(copy), default);
        Assert.That(state.Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That((await session.CountRowsAsync(WorkLimits.None))["notes"], Is.EqualTo(1));
    }

    [Test]
    public async Task What_is_done_to_a_copy_leaves_its_original_as_it_is()
    {
        var copy = await CloneAsync();
        var database = Database(ContractRelease.Current).InStorage(copy);
        await using (var session = await OpenAsync(copy))
        {
            await MigrateAsync(database, session);
        }

        Assert.That((await copy.ReadAsync(database, 0, default)).Applied, Has.Count.EqualTo(3));
        Assert.That((await ReadAsync()).Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public async Task A_run_creates_a_storage_that_was_not_copied()
    {
        var copy = Harness.NewScratch(Original);
        var database = Database(ContractRelease.Current).InStorage(copy);
        await using (var session = await OpenAsync(copy))
        {
            Assert.That(session.Existed, Is.False);
            await MigrateAsync(database, session);
        }

        Assert.That((await copy.ReadAsync(database, 0, default)).Applied, Has.Count.EqualTo(3));
    }

    private async Task<IDatabaseStorage> CloneAsync()
    {
        var copy = Harness.NewScratch(Original);
        await using var reader = await Original.OpenReaderAsync(default);
        await reader!.CloneAsync(copy, progress: null, WorkLimits.None);
        return copy;
    }
}
