using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a storage that undoes a run by its transaction.</summary>
public abstract class TransactionContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public async Task MigrateToTheFirstRelease()
    {
        await MigrateAsync(ContractRelease.First);
        Harness.AddNotes("mine");
    }

    [Test]
    public async Task A_session_says_that_it_is_undone_by_its_transaction()
    {
        await using var session = await OpenAsync();

        Assert.That(session.Undo, Is.EqualTo(UndoMethod.Transaction));
    }

    [Test]
    public async Task CommitAsync_keeps_all_that_was_done_since_BeginAsync()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.CommitAsync();
        }

        await AssertIsChangedAsync();
    }

    [Test]
    public async Task RollBackAsync_undoes_all_that_was_done_since_BeginAsync()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.RollBackAsync();
        }

        await AssertIsUnchangedAsync();
    }

    [Test]
    public async Task A_session_that_ends_without_a_commit_has_changed_nothing()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
        }

        await AssertIsUnchangedAsync();
    }

    [Test]
    public async Task A_storage_that_was_new_is_gone_after_RollBackAsync()
    {
        var other = Harness.Database(ContractRelease.Current, "elsewhere");
        await using (var session = await OpenAsync(other.Storage))
        {
            await session.BeginAsync([], Patience, default);
            await MigrateAsync(other, session);
            await session.RollBackAsync();
            Assert.That(session.Existed, Is.False);
        }

        Assert.That((await other.Storage.ReadAsync(other, 0, default)).Applied, Is.Empty);
    }

    [Test]
    public async Task The_session_reads_what_it_has_not_committed_yet()
    {
        await using var session = await OpenAsync();

        await ChangeAsync(session);

        var state = await session.ReadAsync(Database(ContractRelease.Current), default);
        Assert.That(state.Applied, Has.Count.EqualTo(3));
        Assert.That((await session.CountRowsAsync(WorkLimits.None))["notes"], Is.EqualTo(3));
        Assert.That((await session.CheckAsync(CheckDepth.Full, WorkLimits.None)).Findings, Is.Empty);
    }

    [Test]
    public async Task What_is_written_after_RollBackAsync_is_kept()
    {
        var database = Database(ContractRelease.Current);
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.RollBackAsync();
            await session.WriteCacheAsync(database, new DatabaseCache { ProgramStamp = "after" });
        }

        Assert.That((await ReadAsync()).Cache.ProgramStamp, Is.EqualTo("after"));
        await AssertIsUnchangedAsync();
    }

    [Test]
    public async Task RollBackAsync_does_nothing_where_nothing_was_begun_or_all_is_rolled_back()
    {
        await using (var session = await OpenAsync())
        {
            await session.RollBackAsync();
            await ChangeAsync(session);
            await session.RollBackAsync();
            await session.RollBackAsync();
        }

        await AssertIsUnchangedAsync();
    }

    [Test]
    public async Task BeginAsync_begins_again_after_RollBackAsync()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.RollBackAsync();
            await ChangeAsync(session);
            await session.CommitAsync();
        }

        await AssertIsChangedAsync();
        Assert.That((await ReadAsync()).History, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Counts_differ_by_what_the_session_itself_has_done_since_RollBackAsync()
    {
        await using var session = await OpenAsync();
        var before = (await session.CountRowsAsync(WorkLimits.None))["notes"];
        await ChangeAsync(session);
        await session.RollBackAsync();
        await ChangeAsync(session);

        var after = (await session.CountRowsAsync(WorkLimits.None))["notes"];

        Assert.That(after, Is.EqualTo(before + 2));
    }

    [Test]
    public async Task RollBackAsync_refuses_what_is_committed()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.CommitAsync();
            Assert.ThrowsAsync<InvalidOperationException>(session.RollBackAsync);
        }

        await AssertIsChangedAsync();
    }

    [Test]
    public async Task RollBackAsync_undoes_what_is_prepared()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.PrepareCommitAsync(Harness.Database(ContractRelease.Current, "elsewhere").Storage);
            await session.RollBackAsync();
        }
        await using (await OpenAsync()) { }

        await AssertIsUnchangedAsync();
    }

    [Test]
    public async Task CommitAsync_keeps_what_is_prepared()
    {
        await using (var session = await OpenAsync())
        {
            await ChangeAsync(session);
            await session.PrepareCommitAsync(Harness.Database(ContractRelease.Current, "elsewhere").Storage);
            await session.CommitAsync();
        }

        await AssertIsChangedAsync();
    }

    private async Task ChangeAsync(IStorageSession session)
    {
        string[] versions = [ContractVersion.AddGreeting, ContractVersion.AddFarewell];
        var steps = new PlannedSteps(Database(ContractRelease.Current), versions, IsReverting: false);
        await session.BeginAsync([steps], Patience, default);
        await MigrateAsync(Database(ContractRelease.Current), session);
    }

    private async Task AssertIsChangedAsync()
    {
        Assert.That((await ReadAsync()).Applied, Has.Count.EqualTo(3));
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine", "greeting", "farewell" }));
    }

    private async Task AssertIsUnchangedAsync()
    {
        var state = await ReadAsync();
        Assert.That(state.Applied, Is.EqualTo(new[] { ContractVersion.CreateNotes }));
        Assert.That(state.History, Has.Count.EqualTo(1));
        Assert.That(Harness.Notes(), Is.EqualTo(new[] { "mine" }));
    }
}
