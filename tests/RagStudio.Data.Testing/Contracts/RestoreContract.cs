using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a storage that undoes a run by restoring a copy.</summary>
public abstract class RestoreContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public async Task MigrateToTheFirstRelease()
    {
        await MigrateAsync(ContractRelease.First);
        Harness.AddNotes("mine");
    }

    [Test]
    public async Task A_session_says_that_it_is_undone_by_restoring()
    {
        await using var session = await OpenAsync();

        Assert.That(session.Undo, Is.EqualTo(UndoMethod.Restore));
        Assert.ThrowsAsync<InvalidOperationException>(session.RollBackAsync);
    }

    [Test]
    public async Task RestoreAsync_undoes_all_that_was_done_since_BeginAsync()
    {
        var copy = Harness.NewFile();
        await using (var session = await OpenAsync())
        {
            await session.BackUpAsync(copy, null, WorkLimits.None);
            await session.BeginAsync();
            await session.MigrateAsync(
                Database(ContractRelease.Current),
                default,
                null,
                new RecordingObserver(),
                default
            );
            await session.RestoreAsync(copy);
        }

        Assert.That((await ReadAsync()).Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine" }));
    }

    [Test]
    public async Task CommitAsync_keeps_all_that_was_done_since_BeginAsync()
    {
        await using (var session = await OpenAsync())
        {
            await session.BeginAsync();
            await session.MigrateAsync(
                Database(ContractRelease.Current),
                default,
                null,
                new RecordingObserver(),
                default
            );
            await session.CommitAsync();
        }

        Assert.That((await ReadAsync()).Applied, Has.Count.EqualTo(3));
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine", "greeting", "farewell" }));
    }
}
