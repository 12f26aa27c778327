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
    public async Task A_storage_for_a_copy_is_another_one_and_has_no_content()
    {
        var copy = await Harness.NewScratchAsync(Original);

        Assert.That(copy.Equals(Original), Is.False);
        Assert.That(copy.Key, Is.Not.EqualTo(Original.Key));
        await using var session = await OpenAsync(copy);
        Assert.That(session.Existed, Is.False);
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
        var copy = await Harness.NewScratchAsync(Original);
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
        var copy = await Harness.NewScratchAsync(Original);
        await using var reader = await Original.OpenReaderAsync(default);
        var first = Database(ContractRelease.First);
        var request = new CloneRequest(
            [new ClonedDatabase(first, [ContractVersion.CreateNotes], Compiled: null, (_, _) => [])],
            MaxRows: 100
        );
        var tables = await reader!.CloneAsync(copy, request, progress: null, WorkLimits.None);
        Assert.That(tables, Has.All.Matches<ClonedTable>(table => table.Rows == table.TotalRows));
        return copy;
    }
}
